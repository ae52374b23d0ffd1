// The detector classify, with a model learned for the test.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../loaded.hpp"
#include "../model/learned.hpp"
#include "model/file.hpp"

using namespace earshot::testing;
using earshot::model::testing::learned;

namespace {

const ear_component& classify() {
  static const ear_component& table = loaded("classify");
  return table;
}

// The model says nothing of the weather.
std::string model_file() {
  static const Folder folder;
  static const std::string path = folder / "topic.model";
  static const bool written = (earshot::model::write(*learned().model, std::filesystem::path(path)), true);
  return written ? path : "";
}

DetectorHarness harness(std::vector<Setting> more = {}) {
  more.push_back({"model", model_file()});
  return DetectorHarness(classify(), more);
}

}  // namespace

TEST_CASE("a text gets its label, with probability and words") {
  DetectorHarness h = harness();
  h.post("the bank wants interest");
  h.run();
  REQUIRE(h.findings().size() == 1);
  const TestFinding& f = h.findings()[0];
  CHECK(f.kind == "topic");
  CHECK(f.value == "money");
  CHECK(f.score > 0.5);
  CHECK(f.segment == 0);
  CHECK_THAT(f.reason, Catch::StartsWith("words: ") && Catch::Contains("bank"));
}

TEST_CASE("nothing is said of a silent label, of no text, and of what is gone") {
  DetectorHarness h = harness();
  h.post("a storm with snow and wind");
  h.post("");
  h.post("the bank wants interest").change = EAR_DELETED;
  h.run();
  CHECK(h.findings().empty());
}

TEST_CASE("what is less probable than the threshold is not told") {
  const double threshold = GENERATE(0.0, 1.0);
  DetectorHarness h = harness({{"threshold", threshold}});
  h.post("a bank with a guitar");
  h.run();
  CHECK(h.findings().size() == (threshold > 0 ? 0 : 1));
}

TEST_CASE("the pipeline may name the kind") {
  DetectorHarness h = harness({{"kind", "desk"}});
  h.post("a singer with a guitar");
  h.run();
  REQUIRE(h.findings("desk").size() == 1);
}

TEST_CASE("all texts of a post are one, or each is judged by itself") {
  const bool each = GENERATE(false, true);
  DetectorHarness h = harness({{"per", each ? "segment" : "post"}});
  h.post().title("the bank").body("a singer with a guitar and drums");
  h.run();
  REQUIRE(h.findings().size() == (each ? 2 : 1));
  if (each) {
    CHECK(h.findings()[0].value == "money");
    CHECK(h.findings()[1].segment == 1);
  } else {
    CHECK(h.findings()[0].segment == earshot::none);
  }
}

TEST_CASE("only the kinds of segments that were asked for are read") {
  DetectorHarness h = harness({{"origins", std::vector<std::string>{"title"}}});
  h.post().title("the bank wants interest").body("guitar guitar song concert");
  h.run();
  REQUIRE(h.findings().size() == 1);
  CHECK(h.findings()[0].value == "money");
}

TEST_CASE("any cutting of the same posts gives the same labels") {
  for_each_chunking(classify(), {{"model", model_file()}}, [](DetectorHarness& h) {
    for (const auto& [text, cls] : earshot::model::testing::sentences(12)) h.post(text);
    h.post("\xff\xfe" + std::string(20000, 'a'));
  });
}

TEST_CASE("a model that cannot be used is told at its option") {
  static const Folder folder;
  DetectorHarness h(classify(), {{"model", folder.write("bad.model", "no model at all")}});
  h.post("text");
  CHECK_THROWS_WITH(h.run(), Catch::Contains("bad.model") && Catch::Contains("earshot train"));
}
