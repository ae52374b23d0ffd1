// The plugin of each release loads into this host and works, in batches of every kind and in a host whose structs are
// larger than the plugin's.
#include <catch2/catch.hpp>

#include "earshot/testing.hpp"
#include "plugin/catalog.hpp"

using namespace earshot::testing;
using earshot::host::Catalog;
using earshot::host::Found;

namespace {

void marks_long_texts(const ear_component& component) {
  for_each_chunking(component, {{"length", 5}}, [](DetectorHarness& h) {
    h.post("short");
    h.post("longer than that").title("a title too");
    h.run();
    REQUIRE(h.findings().size() == 2);
    CHECK(h.findings()[0].id == "2");
    CHECK(h.findings()[0].kind == "long");
  });
}

}  // namespace

TEST_CASE("The plugin of release 1.0 loads and works") {
  Catalog catalog({EARSHOT_FROZEN_PLUGINS}, {}, EARSHOT_BINARY);
  const Found found = catalog.find(EAR_DETECTOR, "frozen_1_0");
  CHECK(catalog.fault("frozen_1_0") == "");
  REQUIRE(found);
  CHECK(found.plugin->module.abi == EAR_ABI(1, 0));
  marks_long_texts(catalog.load(found));
}

TEST_CASE("It works in a host of years to come, whose structs have grown") {
  Catalog catalog({EARSHOT_FROZEN_PLUGINS}, {}, EARSHOT_BINARY);
  DetectorHarness h(catalog.load(catalog.find(EAR_DETECTOR, "frozen_1_0")), {{"length", 5}});
  h.layout({.extra = 32});
  h.post("longer than that").title("a title too");
  h.run();
  CHECK(h.findings().size() == 2);
}
