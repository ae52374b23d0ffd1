// The detector spam, with the model that ships.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../loaded.hpp"

using namespace earshot::testing;

namespace {

std::vector<TestFinding> said_of(const std::string& text, std::vector<Setting> options = {}) {
  DetectorHarness h(loaded("spam"), std::move(options));
  h.post(text);
  h.run();
  return h.findings();
}

}  // namespace

TEST_CASE("advertising is spam, for the post as a whole") {
  const auto found = said_of("URGENT! You have WON a free holiday. Call 09061701461 now to claim your prize, 150p/min");
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == "spam");
  CHECK(found[0].value == "spam");
  CHECK(found[0].score > 0.9);
  CHECK(found[0].segment == earshot::none);
  CHECK_THAT(found[0].reason, Catch::StartsWith("words: "));
}

TEST_CASE("a link in somebody's comment under a video is advertising") {
  CHECK(said_of("Check out my channel and subscribe please! http://www.my-channel.example/watch").size() == 1);
}

TEST_CASE("people who talk are no spam") {
  CHECK(said_of("ok see you at eight, I will bring the cake").empty());
  CHECK(said_of("this song always makes me happy").empty());
  CHECK(said_of("").empty());
}

TEST_CASE("a threshold asks for more certainty") {
  const std::string text = "free entry, call now";
  const auto found = said_of(text, {{"threshold", 0.0}});
  REQUIRE(found.size() == 1);
  CHECK(said_of(text, {{"threshold", 1.0}}).empty());
}

TEST_CASE("without figures nothing is said of the author") {
  DetectorHarness h(loaded("spam"));
  h.post("hello").by("mary84920173");
  h.run();
  CHECK(h.findings().empty());
}

TEST_CASE("what is gone is not judged") {
  DetectorHarness h(loaded("spam"));
  h.post("WIN a FREE prize, call 09061701461 now!!!").change = EAR_DELETED;
  h.run();
  CHECK(h.findings().empty());
}

TEST_CASE("any cutting of the same posts gives the same answers") {
  for_each_chunking(loaded("spam"), {}, [](DetectorHarness& h) {
    for (int i = 0; i < 5; ++i) h.post(i % 2 == 0 ? "win a free prize, txt now to 80086" : "see you later then");
  });
}
