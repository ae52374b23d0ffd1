#include "plugin/catalog.hpp"

#include <catch2/catch.hpp>

using namespace earshot::host;

TEST_CASE("A plugin of the tree is found by its name and loads") {
  Catalog catalog({EARSHOT_PLUGIN_DIR}, {});
  const Found found = catalog.find(EAR_SOURCE, "generator");
  CHECK(catalog.fault("generator") == "");
  REQUIRE(found);
  CHECK(found.plugin->module.id == "org.earshot.generator");
  const ear_component& component = catalog.load(found);
  CHECK(component.source->poll != nullptr);
  CHECK(component.size == sizeof(ear_component));
}

TEST_CASE("Every plugin of the tree can be read") {
  Catalog catalog({EARSHOT_PLUGIN_DIR}, {});
  for (const auto& file : std::filesystem::directory_iterator(EARSHOT_PLUGIN_DIR))
    CHECK(catalog.fault(file.path().stem().string()) == "");
}
