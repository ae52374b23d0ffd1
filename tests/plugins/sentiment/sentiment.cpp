// The detector sentiment, with the model that ships.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <string>
#include <vector>

#include "../loaded.hpp"

using namespace earshot::testing;

namespace {

struct Post {
  std::string text;
  std::vector<std::string> names;  // watch items, each mentioned where its name stands
  std::string language = {};
};

void mention(TestPost& to, const std::string& text, const std::string& name) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    TestFinding f;
    f.kind = "mention", f.subject = name, f.score = 1, f.segment = 0, f.detector = "before";
    f.begin = static_cast<std::uint32_t>(at), f.end = static_cast<std::uint32_t>(at + name.size());
    to.found(f);
  }
}

std::vector<TestFinding> said_of(const Post& post, std::vector<Setting> options = {}) {
  DetectorHarness h(loaded("sentiment"), std::move(options));
  TestPost& p = h.post(post.text);
  if (!post.language.empty()) p.in(post.language);
  for (const std::string& name : post.names) mention(p, post.text, name);
  h.run();
  return h.findings();
}

std::string values(const std::vector<TestFinding>& all) {
  std::string out;
  for (const TestFinding& f : all) out += (out.empty() ? "" : " ") + f.subject + ":" + f.value;
  return out;
}

}  // namespace

TEST_CASE("praise is positive and blame is negative, of a post as a whole") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"I love this so much, what a wonderful day!", ":positive"},
      {"Best concert ever :) thank you all", ":positive"},
      {"This is the worst service I have ever had, never again", ":negative"},
      {"My order is broken and nobody answers. Terrible!", ":negative"},
      {"The shop opens on Monday at 9 am http://shop.example", ":neutral"},
  }));
  INFO(std::get<0>(row));
  CHECK(values(said_of({std::get<0>(row), {}}, {{"at_least", 0.0}})) == std::get<1>(row));
}

TEST_CASE("a finding says how probable each value is, and which words carried it") {
  const auto found = said_of({"The new phone is terrible, I hate it", {}});
  REQUIRE(found.size() == 1);
  const TestFinding& f = found[0];
  CHECK(f.kind == "sentiment");
  CHECK(f.value == "negative");
  CHECK(f.segment == 0);
  CHECK(f.score > 0.7);
  CHECK_THAT(f.reason, Catch::StartsWith("words: "));
  CHECK_THAT(f.reason, Catch::Contains("terrible") || Catch::Contains("hate"));
  REQUIRE(f.attributes.size() == 3);
  double sum = 0;
  for (const auto& a : f.attributes) sum += a.real;
  CHECK(sum == Approx(1).margin(1e-5));
}

TEST_CASE("each watch item that a post mentions has an answer of its own") {
  const auto found =
      said_of({"The food at Acme was delicious, but the waiters at Globex were awful.", {"Acme", "Globex"}},
              {{"at_least", 0.0}});
  CHECK(values(found) == "Acme:positive Globex:negative");
}

TEST_CASE("a watch item that is mentioned twice has one answer") {
  const auto found = said_of({"Acme is great. I love Acme!", {"Acme"}});
  CHECK(values(found) == "Acme:positive");
}

TEST_CASE("of a long text only what stands around a mention counts") {
  std::string text = "The weather was terrible and the traffic was awful and everybody hated it. ";
  while (text.size() < 4000) text += "The weather was terrible and the traffic was awful and everybody hated it. ";
  text += "We love Acme, thank you for the wonderful, delicious food!";
  CHECK(values(said_of({text, {"Acme"}}, {{"at_least", 0.0}})) == "Acme:positive");
  CHECK(values(said_of({text, {}}, {{"at_least", 0.0}})) == ":negative");
}

TEST_CASE("nothing is said where the answer is less probable than asked for") {
  CHECK(said_of({"I love it", {}}, {{"at_least", 1.0}}).empty());
  CHECK(said_of({"I love it", {}}, {{"at_least", 0.0}}).size() == 1);
}

TEST_CASE("a language that the model does not know is left alone unless asked for") {
  CHECK(said_of({"Das ist wirklich love", {}, "de"}, {{"at_least", 0.0}}).empty());
  CHECK(said_of({"I love it", {}, "en-GB"}).size() == 1);
  CHECK(said_of({"Das ist wirklich love", {}, "de"}, {{"at_least", 0.0}, {"languages", {"any"}}}).size() == 1);
}

TEST_CASE("what a language detector found counts more than what was declared") {
  DetectorHarness h(loaded("sentiment"));
  h.post("I love it, wonderful!").in("en").found("language", {}, 0.9, "nl");
  h.post("I love it, wonderful!").in("nl").found("language", {}, 0.9, "en");
  h.run();
  REQUIRE(h.findings().size() == 1);
  CHECK(h.findings()[0].post == 1);
}

TEST_CASE("a mention that does not fit its text is no reason to fail") {
  DetectorHarness h(loaded("sentiment"));
  TestFinding f;
  f.kind = "mention", f.subject = "acme", f.score = 1, f.segment = 0, f.begin = 5, f.end = 500, f.detector = "before";
  TestFinding elsewhere = f;
  elsewhere.segment = 77;
  h.post("I love it").found(f).found(elsewhere);
  h.run();
  CHECK(values(h.findings()) == ":positive");
}

TEST_CASE("sentiment is the same however the stream is cut") {
  for_each_chunking(loaded("sentiment"), {}, [](DetectorHarness& h) {
    for (const std::string text : {"Acme is great", "Acme is awful", "", "I hate it", "Acme Acme Acme"})
      mention(h.post(text), text, "Acme");
  });
}

TEST_CASE("sentiment of hostile text keeps its bytes true and its time linear") {
  for (const std::string& text :
       {std::string(1'000'000, 'a'), std::string(200'000, '@'), std::string("\xff\xc3 awful \xe2\x82"),
        "awful " + std::string(200'000, ' ') + "\xf0\x9f", std::string(100'000, '\0')})
    CHECK(said_of({text, {"a"}}, {{"at_least", 0.0}}).size() <= 2);
}

TEST_CASE("a model that is none is refused with a reason") {
  DetectorHarness h(loaded("sentiment"), {{"model", EARSHOT_SOURCE_DIR "/README.md"}});
  h.post("I love it");
  CHECK_THROWS_WITH(h.run(), Catch::Contains("is no perception model"));
}
