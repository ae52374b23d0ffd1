// The detector emotion, with the model that ships.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <string>
#include <vector>

#include "../loaded.hpp"

using namespace earshot::testing;

namespace {

std::vector<TestFinding> said_of(const std::string& text, std::vector<Setting> options = {},
                                 const std::string& language = {}) {
  DetectorHarness h(loaded("emotion"), std::move(options));
  TestPost& post = h.post(text);
  if (!language.empty()) post.in(language);
  h.run();
  return h.findings();
}

void mention(TestPost& to, const std::string& text, const std::string& name) {
  TestFinding f;
  f.kind = "mention", f.subject = name, f.score = 1, f.segment = 0, f.detector = "before";
  f.begin = static_cast<std::uint32_t>(text.find(name)), f.end = f.begin + static_cast<std::uint32_t>(name.size());
  to.found(f);
}

}  // namespace

TEST_CASE("emotion tells anger, joy, optimism and sadness apart") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"I am so furious, this rude man made me angry", "anger"},
      {"What a hilarious evening, we laughed so much, so happy!", "joy"},
      {"Believe in yourself, have hope and courage for tomorrow", "optimism"},
      {"I feel so lonely and depressed, I cried all night", "sadness"},
  }));
  INFO(std::get<0>(row));
  const auto found = said_of(std::get<0>(row), {{"at_least", 0.0}});
  REQUIRE(found.size() == 1);
  CHECK(found[0].value == std::get<1>(row));
}

TEST_CASE("an emotion has its probability as score and the words that carried it as reason") {
  const auto found = said_of("I am so furious, this makes me angry");
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == "emotion");
  CHECK(found[0].score >= 0.6);
  CHECK(found[0].score <= 1);
  CHECK_THAT(found[0].reason, Catch::StartsWith("words: "));
  CHECK_THAT(found[0].reason, Catch::Contains("furious") || Catch::Contains("angry"));
}

TEST_CASE("a text without emotion is mostly passed over in silence") {
  CHECK(said_of("The meeting is at ten in room four").empty());
}

TEST_CASE("nothing is said where the emotion is less probable than asked for") {
  CHECK(said_of("I am so furious, this makes me angry", {{"at_least", 1.0}}).empty());
}

TEST_CASE("each watch item that a post mentions has an emotion of its own finding") {
  const std::string text = "Acme and Globex make me so angry and furious";
  DetectorHarness h(loaded("emotion"), {{"at_least", 0.0}});
  TestPost& post = h.post(text);
  mention(post, text, "Acme"), mention(post, text, "Globex");
  h.run();
  REQUIRE(h.findings().size() == 2);
  CHECK(h.findings()[0].subject == "Acme");
  CHECK(h.findings()[1].subject == "Globex");
}

TEST_CASE("posts in other languages are not judged unless asked for") {
  CHECK(said_of("I am so furious, this makes me angry", {}, "de").empty());
  CHECK(said_of("I am so furious, this makes me angry", {{"languages", {"any"}}}, "de").size() == 1);
}

TEST_CASE("a file that is no model is refused at its option") {
  DetectorHarness h(loaded("emotion"), {{"model", "/none/emotion.model"}});
  h.post("I am happy");
  CHECK_THROWS_WITH(h.run(), Catch::Contains("/none/emotion.model"));
}

TEST_CASE("emotion is the same however the stream is cut, and stands hostile text") {
  for_each_chunking(loaded("emotion"), {{"at_least", 0.0}}, [](DetectorHarness& h) {
    h.post("so happy"), h.post(""), h.post("\xff\xfe \xf0\x9f\x98"), h.post(std::string(200'000, '!'));
    h.post("I cried all night");
  });
}
