// The examples as they are built: loaded as a host loads them, and driven through their tables.
#include <dlfcn.h>
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "earshot/testing.hpp"

namespace {

using namespace earshot::testing;
namespace fs = std::filesystem;

const ear_component& example(const std::string& name) {
  void* library = dlopen((EARSHOT_EXAMPLES "/" + name + ".so").c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  INFO((library == nullptr ? dlerror() : ""));
  REQUIRE(library != nullptr);
  return *static_cast<const ear_module*>(dlsym(library, "earshot_module"))->components[0];
}

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "earshot-examples-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path = name;
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

TEST_CASE("loudness marks texts in capitals", "[examples]") {
  for_each_chunking(example("loudness"), {{"share", 0.8}}, [](DetectorHarness& h) {
    h.post("THIS IS AN OUTRAGE");
    h.post("This is fine");
    h.run();
    REQUIRE(h.findings().size() == 1);
    CHECK(h.findings()[0].id == "1");
  });
}

TEST_CASE("question, written in C, marks texts that ask", "[examples]") {
  for_each_chunking(example("question"), {}, [](DetectorHarness& h) {
    h.post("is acme down?").title("no title");
    h.post("acme is down");
    h.run();
    REQUIRE(h.findings().size() == 1);
    CHECK(h.findings()[0].text == "?");
    CHECK(h.findings()[0].segment == 0);
  });
}

TEST_CASE("question refuses an empty mark and says which option is wrong", "[examples]") {
  DetectorHarness h(example("question"), {{"mark", ""}});
  try {
    h.create();
    FAIL("it was created");
  } catch (const CallFailed& failed) {
    CHECK(failed.status == EAR_INVALID);
    CHECK(failed.option == "mark");
  }
}

TEST_CASE("lines brings each line once and goes on behind its cursor", "[examples]") {
  const Folder folder;
  std::ofstream(folder.path / "posts.txt") << "one\ntwo\nthree";
  SourceHarness h(example("lines"), {{"path", folder.path / "posts.txt"}});
  h.max_posts(1);
  h.open();
  h.poll();
  const std::string cursor = h.cursor();
  h.poll_until_end();
  REQUIRE(h.posts().size() == 3);
  CHECK(h.posts()[2].text() == "three");
  h.clear();
  h.reopen(cursor);
  h.poll_until_end();
  REQUIRE(h.posts().size() == 2);
  CHECK(h.posts()[0].text() == "two");
}

TEST_CASE("folder writes a post once and keeps the highest revision", "[examples]") {
  const Folder folder;
  SinkHarness h(example("folder"), {{"path", folder.path / "out"}});
  h.post("acme is up").with_id("7").edited(2);
  h.post("acme is down").with_id("7");
  h.post("acme is gone").with_id("8");
  h.write();
  h.redeliver();
  h.flush();
  std::vector<std::string> texts;
  for (const auto& entry : fs::directory_iterator(folder.path / "out")) {
    std::ifstream in(entry.path());
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  std::sort(texts.begin(), texts.end());
  CHECK(texts == std::vector<std::string>{"0\nacme is gone\n", "2\nacme is up\n"});
}

}  // namespace
