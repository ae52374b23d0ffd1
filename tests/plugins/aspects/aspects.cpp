// The detector aspects, with the model that ships and with one learned for the test.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../loaded.hpp"
#include "../model/learned.hpp"
#include "model/file.hpp"

using namespace earshot::testing;

namespace {

TestFinding mention_of(const std::string& subject, const TestPost& post, const std::string& word) {
  TestFinding f;
  f.kind = "mention", f.subject = subject, f.segment = 0;
  f.begin = static_cast<std::uint32_t>(post.segments[0].text.find(word));
  f.end = f.begin + static_cast<std::uint32_t>(word.size());
  return f;
}

// Each finding as "aspect sentiment[words]".
std::string told(DetectorHarness& h) {
  h.run();
  std::string out;
  for (const TestFinding& f : h.findings()) {
    CHECK(f.kind == "aspect");
    std::string sentiment;
    for (const auto& a : f.attributes)
      if (a.key == "sentiment") sentiment = a.text;
    out += (out.empty() ? "" : ", ") + f.value + " " + sentiment + "[" + f.text + "]";
  }
  return out;
}

std::string told(const std::string& text, std::vector<Setting> options = {}) {
  DetectorHarness h(loaded("aspects"), std::move(options));
  h.post(text);
  return told(h);
}

}  // namespace

TEST_CASE("one text praises one thing and blames another") {
  CHECK(told("The food was delicious but the service was terrible.") ==
        "food positive[food], service negative[service]");
  CHECK(told("Horrible waiter. Great prices!") == "staff negative[waiter], price positive[prices]");
}

TEST_CASE("what is neither praised nor blamed is told where that is asked for") {
  const std::string text = "The menu is on the table.";
  CHECK(told(text) == "");
  CHECK_THAT(told(text, {{"neutral", true}}), Catch::Contains("place neutral[table]"));
}

TEST_CASE("aspects of one's own stand beside those that ship, or alone") {
  const Setting own{"terms", map({{"legroom", "knee room, leg space"}})};
  CHECK_THAT(told("terrible knee room and bad food", {own}), Catch::Contains("legroom negative[knee room]"));
  CHECK(told("terrible knee room and bad food", {own, {"common", false}}) == "legroom negative[knee room]");
}

TEST_CASE("the aspect belongs to the watch item that is mentioned nearest") {
  DetectorHarness h(loaded("aspects"));
  TestPost& post = h.post("Acme has horrible service, but I love the food at Bolt");
  post.found(mention_of("acme", post, "Acme")).found(mention_of("bolt", post, "Bolt"));
  h.run();
  REQUIRE(h.findings().size() == 2);
  CHECK(h.findings()[0].subject == "acme");
  CHECK(h.findings()[1].subject == "bolt");
}

TEST_CASE("aspects may come from a model of one's own") {
  const Folder folder;
  const std::string path = folder / "own.model";
  earshot::model::write(*earshot::model::testing::learned().model, std::filesystem::path(path));
  CHECK_THAT(told("What a horrible, awful bank", {{"model", path}, {"common", false}}),
             Catch::Contains("money negative[bank]"));
}

TEST_CASE("with nothing to look for it does not start") {
  DetectorHarness h(loaded("aspects"), {{"common", false}});
  h.post("text");
  CHECK_THROWS_WITH(h.run(), Catch::Contains("nothing to look for"));
}

TEST_CASE("hostile text stays bounded, and its bytes true") {
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += "bad service ";
  DetectorHarness h(loaded("aspects"));
  h.post(many);
  h.post(std::string(1'000'000, 'a'));
  h.post("\xff service \xc3 terrible \xe2\x82 food \xf0\x9f");
  h.post(std::string(700, '\xbf') + " terrible service " + std::string(700, '\xbf'));
  h.run();
  CHECK(h.findings().size() <= 60);
}

TEST_CASE("any cutting of the same posts gives the same answers") {
  for_each_chunking(loaded("aspects"), {}, [](DetectorHarness& h) {
    for (int i = 0; i < 4; ++i) h.post(i % 2 == 0 ? "awful service" : "great food, rude staff");
  });
}
