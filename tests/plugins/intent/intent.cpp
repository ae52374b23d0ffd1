// The detector intent, by sentences of its own.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <string>
#include <vector>

#include "../loaded.hpp"

using namespace earshot::testing;

namespace {

std::vector<TestFinding> said_of(const std::string& text, std::vector<Setting> options = {}) {
  DetectorHarness h(loaded("intent"), std::move(options));
  h.post(text);
  h.run();
  return h.findings();
}

std::string values(const std::string& text) {
  std::string out;
  for (const TestFinding& f : said_of(text)) out += (out.empty() ? "" : " ") + f.value;
  return out;
}

}  // namespace

TEST_CASE("intent finds what the author of a post is about") {
  const auto row = GENERATE(table<std::string, std::string>({
      {"Does anyone know when the shop in Lyon opens?", "asks"},
      {"Is it possible to pay by card there?", "asks"},
      {"Is it. Possible? No idea", ""},
      {"The worst customer service, and I am still waiting for my refund", "complains"},
      {"My kettle keeps breaking", "complains"},
      {"I'm buying the new kettle tomorrow", "buys"},
      {"I just ordered my new boots", "buys"},
      {"I highly recommend this kettle", "recommends"},
      {"Do yourself a favour and come early", "recommends"},
      {"I am cancelling my subscription today", "leaves"},
      {"Never again. We are taking our business elsewhere", "leaves"},
      {"Never flying with them again", "leaves"},
      {"Switching to @globex next month", "leaves"},
      {"That was it, I'm done.", "leaves"},
      {"I'm done with the dishes", ""},
      {"I will never again take a full kettle for granted", ""},
      {"I'm not buying it", ""},
      {"@acme what does the small one weigh?", "asks"},
      {"@acme this is ridiculous", "complains"},
      {"The kettle is on the table", ""},
      {"", ""},
  }));
  INFO(std::get<0>(row));
  CHECK(values(std::get<0>(row)) == std::get<1>(row));
}

TEST_CASE("a recommendation that is denied is none") {
  CHECK(values("I would not highly recommend this kettle") == "");
  CHECK(values("I highly recommend this kettle") == "recommends");
}

TEST_CASE("a post may have several intents, each with its words") {
  const auto found = said_of("My router keeps crashing, I am cancelling my contract");
  REQUIRE(found.size() == 2);
  CHECK(found[0].value == "complains");
  CHECK(found[0].reason == "words: keeps crashing");
  CHECK(found[1].value == "leaves");
  CHECK(found[1].reason == "words: cancelling my contract");
}

TEST_CASE("an intent is told of each watch item that the post mentions") {
  DetectorHarness h(loaded("intent"));
  TestFinding f;
  f.kind = "mention", f.subject = "acme", f.score = 1, f.segment = 0, f.begin = 27, f.end = 31, f.detector = "before";
  h.post("I highly recommend this by Acme").found(f);
  h.run();
  REQUIRE(h.findings().size() == 1);
  CHECK(h.findings()[0].subject == "acme");
}

TEST_CASE("an intent that is less often right than asked for is not told") {
  CHECK(said_of("My kettle keeps breaking", {{"at_least", 0.95}}).empty());
}

TEST_CASE("intent is the same however the stream is cut, and linear on hostile text") {
  for_each_chunking(loaded("intent"), {}, [](DetectorHarness& h) {
    h.post("I'm buying the kettle"), h.post("Is there anybody?"), h.post(std::string(200'000, '?'));
    std::string text;
    while (text.size() < 500'000) text += "do is why does the ";
    h.post(text);
  });
}
