#include "plugin_name.hpp"

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

using earshot::testing::DetectorHarness;
using earshot::testing::Harness;

// Runs with batches of 1, 2 and all, each also with a save and load after every batch.
TEST_CASE("the phrase is found where it stands") {
  earshot::testing::for_each_chunking<PluginName>({{"phrase", "zentrix"}}, [](DetectorHarness& h) {
    h.post("my zentrix broke").at("2026-05-01T12:00:00Z").by("ana");
    h.post("nothing to see here");
    h.run();
    REQUIRE(h.findings().size() == 1);
    CHECK(h.findings()[0].id == "1");
    CHECK(h.findings()[0].text == "zentrix");
  });
}

TEST_CASE("an empty phrase is refused") {
  Harness<PluginName> h{{"phrase", ""}};
  CHECK_THROWS_WITH(h.create(), Catch::Contains("empty"));
}
