#include "plugin/catalog.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>

#include "base/error.hpp"
#include "loaded.hpp"

using namespace earshot::host;
using earshot::testing::Folder;
namespace fs = std::filesystem;

namespace {

// A folder of plugins with a cache beside it.
struct Plugins {
  Folder folder;
  fs::path plugins = folder / "plugins";
  fs::path cache = folder / "plugins.cache";

  Plugins() { fs::create_directory(plugins); }
  void add(const std::string& module, const std::string& as) const {
    fs::copy_file(fs::path(EARSHOT_TEST_MODULES) / (module + ".so"), plugins / (as + ".so"),
                  fs::copy_options::overwrite_existing);
  }
  Catalog catalog(const fs::path& host = EARSHOT_BINARY) const { return Catalog({plugins}, cache, host); }
};

const fs::path kNoHost = "/nowhere/earshot";  // with it, every probe fails

}  // namespace

TEST_CASE("Every plugin of the tree is found by its name and loads") {
  Catalog catalog({EARSHOT_PLUGIN_DIR}, {}, EARSHOT_BINARY);
  for (const auto& file : fs::directory_iterator(EARSHOT_PLUGIN_DIR)) {
    const std::string name = file.path().stem().string();
    CHECK(catalog.fault(name) == "");
  }
  const Found found = catalog.find(EAR_SOURCE, "generator");
  REQUIRE(found);
  CHECK(found.plugin->module.id == "org.earshot.generator");
  CHECK(catalog.load(found).source->poll != nullptr);
}

TEST_CASE("A component in a file of another name is found too, and loads") {
  const Plugins plugins;
  plugins.add("good", "anything");
  Catalog catalog = plugins.catalog();
  const Found found = catalog.find(EAR_DETECTOR, "good");
  REQUIRE(found);
  CHECK(found.plugin->file == plugins.plugins / "anything.so");
  CHECK(catalog.load(found).size == sizeof(ear_component));
  CHECK(catalog.find(0, "good"));
  CHECK_FALSE(catalog.find(EAR_SINK, "good"));
  CHECK_FALSE(catalog.find(EAR_DETECTOR, "better"));
  CHECK(catalog.names(EAR_DETECTOR) == std::vector<std::string>{"good"});
  CHECK(catalog.names(EAR_SINK).empty());
}

TEST_CASE("A name cannot lead out of the folders") {
  const Plugins plugins;
  plugins.add("good", "../good");
  Catalog catalog = plugins.catalog();
  CHECK_FALSE(catalog.find(EAR_DETECTOR, "../good"));
  CHECK(catalog.fault("../good") == "");
}

TEST_CASE("The first folder wins") {
  const Plugins first, second;
  first.add("good", "good");
  second.add("good", "good");
  Catalog catalog({first.plugins, second.plugins}, {}, EARSHOT_BINARY);
  const Found found = catalog.find(EAR_DETECTOR, "good");
  REQUIRE(found);
  CHECK(found.plugin->file == first.plugins / "good.so");
  REQUIRE(catalog.all().size() == 2);
  CHECK(catalog.all()[1]->file == second.plugins / "good.so");
}

TEST_CASE("The code of a file that nobody names never runs in this process") {
  ::unsetenv("EARSHOT_TEST_MARK");
  const Plugins plugins;
  plugins.add("marks", "marked");
  Catalog catalog = plugins.catalog();
  REQUIRE(catalog.all().size() == 1);
  CHECK(catalog.all()[0]->fault == "");
  CHECK(catalog.names(0) == std::vector<std::string>{"marked"});
  CHECK(std::getenv("EARSHOT_TEST_MARK") == nullptr);
  const Found found = catalog.find(EAR_DETECTOR, "marked");
  REQUIRE(found);
  catalog.load(found);
  CHECK(std::getenv("EARSHOT_TEST_MARK") != nullptr);
}

TEST_CASE("Each file that cannot be used says why, and the others stay of use") {
  const Plugins plugins;
  for (const std::string name : {"crashes", "exits", "good", "no_symbol", "null_call", "undefined", "wrong_major"})
    plugins.add(name, name);
  plugins.folder.write("plugins/text.so", "just text\n");
  plugins.folder.write("plugins/.hidden.so", "just text\n");
  plugins.folder.write("plugins/README.md", "just text\n");
  Catalog catalog = plugins.catalog();
  std::map<std::string, std::string> faults;
  for (const auto& entry : catalog.all()) faults[entry->file.stem().string()] = entry->fault;
  const std::map<std::string, std::string> expected{
      {"crashes", "crashes when it is loaded (SIGABRT: Aborted)"},
      {"exits", "ends the process when it is loaded (exit code 7)"},
      {"good", ""},
      {"no_symbol", "is not a plugin of Earshot: it exports no symbol 'earshot_module'"},
      {"null_call",
       "org.example.null_call: detector 'null_call': the call `detector.detect` is missing, and every component of its "
       "kind must have it"},
      {"text", "is not a shared library (no ELF file)"},
      {"undefined", "cannot be loaded: undefined symbol: nowhere_to_be_found"},
      {"wrong_major",
       "the plugin needs binary contract 2.0, and this host has 1.0: take a build of the plugin for 1.x, or a host "
       "with "
       "2.x"}};
  CHECK(faults == expected);
  CHECK(catalog.find(EAR_DETECTOR, "good"));
}

TEST_CASE("A named file that cannot be used is not found, and says why") {
  const Plugins plugins, other;
  plugins.add("null_call", "good");
  other.add("good", "good");
  Catalog catalog({plugins.plugins, other.plugins}, {}, EARSHOT_BINARY);
  CHECK_FALSE(catalog.find(EAR_DETECTOR, "good"));  // the one behind it would be a surprise
  CHECK(catalog.fault("good").find("org.example.null_call") == 0);
  CHECK(catalog.fault("unheard_of") == "");
}

TEST_CASE("A named file is looked at before the loader gets it") {
  const Plugins plugins;
  plugins.add("good", "good");
  fs::resize_file(plugins.plugins / "good.so", fs::file_size(plugins.plugins / "good.so") / 2);
  CHECK(plugins.catalog().fault("good") == "is cut off or broken: its content is not all there");
}

TEST_CASE("A file is probed once, whatever it is called and however often it is looked for") {
  const Plugins plugins;
  plugins.add("good", "one");
  plugins.add("crashes", "two");
  plugins.catalog().all();
  fs::rename(plugins.plugins / "one.so", plugins.plugins / "three.so");
  // The cache is of one build of the host, so the same path must stand for a host that can probe no longer.
  SECTION("it comes from the cache") {
    const std::string before = plugins.folder.read("plugins.cache");
    Catalog catalog = plugins.catalog();
    CHECK(catalog.all().at(0)->fault == "");
    CHECK(catalog.all().at(1)->fault == "crashes when it is loaded (SIGABRT: Aborted)");
    CHECK(plugins.folder.read("plugins.cache") == before);
  }
  SECTION("what the cache says is believed") {
    std::string text = plugins.folder.read("plugins.cache");
    text.replace(text.find("SIGABRT"), 7, "SIGTEST");
    plugins.folder.write("plugins.cache", text);
    CHECK(plugins.catalog().all().at(1)->fault == "crashes when it is loaded (SIGTEST: Aborted)");
  }
  SECTION("other content under the same name is looked at anew") {
    plugins.add("exits", "two");
    CHECK(plugins.catalog().all().at(1)->fault == "ends the process when it is loaded (exit code 7)");
  }
  SECTION("faults are forgotten on request") {
    std::string text = plugins.folder.read("plugins.cache");
    text.replace(text.find("SIGABRT"), 7, "SIGTEST");
    plugins.folder.write("plugins.cache", text);
    Catalog catalog = plugins.catalog();
    catalog.forget_faults();
    CHECK(catalog.all().at(1)->fault == "crashes when it is loaded (SIGABRT: Aborted)");
  }
  SECTION("another host asks itself") {
    CHECK(plugins.catalog(kNoHost).all().at(0)->fault.find("no process could be started") == 0);
  }
}

TEST_CASE("A plugin that was replaced since it was looked at is not loaded for the other") {
  const Plugins plugins;
  plugins.add("good", "one");
  Catalog catalog = plugins.catalog();
  const Found found = catalog.find(EAR_DETECTOR, "good");
  REQUIRE(found);
  plugins.add("marks", "one");
  CHECK_THROWS_WITH(catalog.load(found),
                    (plugins.plugins / "one.so").string() + ": was replaced since it was looked at: start again");
}

TEST_CASE("A folder that is not there has no plugins") {
  Catalog catalog({"/nowhere/at/all"}, {}, EARSHOT_BINARY);
  CHECK(catalog.all().empty());
  CHECK_FALSE(catalog.find(EAR_SOURCE, "file"));
  CHECK_FALSE(catalog.find_service("earshot.store/1"));
}

TEST_CASE("The folders are those of EARSHOT_PLUGIN_PATH, then the one beside the binary") {
  ::setenv("EARSHOT_PLUGIN_PATH", "/a::/b", 1);
  const std::vector<fs::path> folders = Catalog::default_folders();
  ::unsetenv("EARSHOT_PLUGIN_PATH");
  REQUIRE(folders.size() == 3);
  CHECK(folders[0] == "/a");
  CHECK(folders[1] == "/b");
  CHECK(folders[2] == fs::path(EARSHOT_PLUGIN_DIR));
}
