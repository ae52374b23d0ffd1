// The installed package: a plugin is built outside of the tree with another compiler and other flags, and runs.
#include <dlfcn.h>

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../command.hpp"

namespace {

namespace fs = std::filesystem;

std::string quoted(const fs::path& path) {
  return "'" + path.string() + "'";
}

void succeeds(const std::string& line) {
  const Ended ended = run(line);
  INFO(line << "\n" << ended.output);
  REQUIRE(ended.status == 0);
}

const ear_component& component(const fs::path& file) {
  void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  INFO((library == nullptr ? dlerror() : ""));
  REQUIRE(library != nullptr);
  return *static_cast<const ear_module*>(dlsym(library, "earshot_module"))->components[0];
}

// The prefix, moved after it was installed: nothing in it may remember where it was.
fs::path install(const Folder& temp) {
  succeeds(std::string("cmake --install '") + EARSHOT_BUILD_DIR + "' --prefix " + quoted(temp.path / "first"));
  fs::rename(temp.path / "first", temp.path / "prefix");
  return temp.path / "prefix";
}

}  // namespace

TEST_CASE(
    "an installed prefix has the command, the plugins, the headers, the package, the templates and the examples") {
  const Folder temp;
  const fs::path prefix = install(temp);
  for (const char* file :
       {"bin/earshot", "lib/earshot/plugins/file.so", "include/earshot/abi.h", "include/earshot/testing/detector.hpp",
        "lib/cmake/EarshotSDK/EarshotSDKConfig.cmake", "lib/cmake/EarshotSDK/plugin.map",
        "share/earshot/template/source/CMakeLists.txt", "share/earshot/examples/question/question.c"}) {
    INFO(file);
    CHECK(fs::exists(prefix / file));
  }
  for (const auto& entry : fs::recursive_directory_iterator(prefix / "lib/cmake"))
    if (entry.is_regular_file()) {
      INFO(entry.path());
      CHECK(read_file(entry.path()).find(EARSHOT_SOURCE_DIR) == std::string::npos);
    }
}

TEST_CASE("the installed command makes a plugin that builds against its own prefix") {
  const Folder temp;
  const fs::path prefix = install(temp);
  succeeds(quoted(prefix / "bin/earshot") + " new detector loud --into " + quoted(temp.path / "loud"));
  CHECK(read_file(temp.path / "loud/CMakeLists.txt").find(prefix.string()) != std::string::npos);
  succeeds("cmake -S " + quoted(temp.path / "loud") + " -B " + quoted(temp.path / "build") +
           " -DCMAKE_BUILD_TYPE=Debug");
  CHECK(read_file(temp.path / "build/CMakeCache.txt").find("EarshotSDK_DIR:PATH=" + prefix.string()) !=
        std::string::npos);
  succeeds("cmake --build " + quoted(temp.path / "build") + " --target loud");
}

TEST_CASE("a plugin of another compiler, other flags and a fmt of its own is built outside of the tree and runs") {
  if (std::string(EARSHOT_OTHER_CXX).empty() || std::string(EARSHOT_OTHER_C).empty()) {
    WARN("skipped: there is no clang++ here");
    return;
  }
  const Folder temp;
  const fs::path prefix = install(temp), build = temp.path / "build";
  succeeds("cmake -S '" EARSHOT_SOURCE_DIR "/tests/sdk/package/plugin' -B " + quoted(build) +
           " -DCMAKE_PREFIX_PATH=" + quoted(prefix) +
           " -DCMAKE_CXX_COMPILER='" EARSHOT_OTHER_CXX "' -DCMAKE_C_COMPILER='" EARSHOT_OTHER_C
           "'"
           " -DCMAKE_CXX_FLAGS='-fvisibility=hidden -O0' -DCMAKE_C_FLAGS='-fvisibility=hidden -O0'");
  succeeds("cmake --build " + quoted(build));

  earshot::testing::for_each_chunking(component(build / "vendor.so"), {}, [](auto& h) {
    h.post("12345");
    h.run();
    REQUIRE(h.findings().size() == 1);
    CHECK(h.findings()[0].value == "the vendor's fmt: bytes 5");
  });
  earshot::testing::for_each_chunking(component(build / "vendor_c.so"), {}, [](auto& h) {
    h.post("is acme down?");
    h.run();
    CHECK(h.findings().size() == 1);
  });

  const std::string earshot = quoted(prefix / "bin/earshot");
  if (has_verb("check")) succeeds("ctest --test-dir " + quoted(build) + " --output-on-failure");
  if (has_verb("run")) {
    std::ofstream(temp.path / "posts.ndjson") << R"({"platform":"p","id":"1","published":0,"text":"12345"})" << '\n';
    std::ofstream(temp.path / "pipeline.yaml")
        << "pipeline: vendor\nsources:\n  posts: {plugin: file, path: posts.ndjson}\n"
           "detectors:\n  found: {plugin: vendor, from: posts}\n"
           "sinks:\n  out: {plugin: ndjson, from: found, path: out.ndjson}\n";
    succeeds("cd " + quoted(temp.path) + " && " + earshot + " --plugin-path build run pipeline.yaml");
    CHECK(read_file(temp.path / "out.ndjson").find("the vendor's fmt: bytes 5") != std::string::npos);
  }
}
