// Many literals in one pass, and the folder that keeps what was compiled.
#include "patterns/literals.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <tuple>

using earshot::patterns::Hit;
using earshot::patterns::Literals;
using earshot::patterns::LiteralScratch;
namespace fs = std::filesystem;

namespace {

using Place = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

std::vector<Place> found(const Literals& literals, std::string_view text) {
  LiteralScratch scratch(literals);
  std::vector<Place> all;
  literals.scan(text, scratch, [&](Hit hit) { all.emplace_back(hit.literal, hit.begin, hit.end); });
  return all;
}

// A folder that goes with the test.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("earshot-patterns-" + std::to_string(::getpid()));
  Folder() { fs::remove_all(path); }
  ~Folder() { fs::remove_all(path); }
  fs::path only_file() const { return fs::directory_iterator(path)->path(); }
};

}  // namespace

TEST_CASE("every place of every literal is found, also those that overlap") {
  const Literals literals({"acme", "me", "e r"});
  CHECK(found(literals, "acme rocks, me too") == std::vector<Place>{{0, 0, 4}, {1, 2, 4}, {2, 3, 6}, {1, 12, 14}});
}

TEST_CASE("without literals, or without text, nothing is found") {
  CHECK(found(Literals(), "acme").empty());
  CHECK(found(Literals(std::vector<std::string>{}), "acme").empty());
  CHECK(found(Literals({"acme"}), "").empty());
}

TEST_CASE("a literal may hold any byte, and the same one may come twice") {
  const std::string odd("a\0\xFF", 3);
  CHECK(found(Literals({odd, odd}), "x" + odd).size() == 2);
}

TEST_CASE("an empty literal is refused") {
  CHECK_THROWS_WITH(Literals({"acme", ""}), Catch::Contains("empty literal"));
}

TEST_CASE("what was compiled is kept in the folder and found there again") {
  const Folder folder;
  CHECK_FALSE(Literals({"acme", "rival"}, folder.path).was_cached());
  const Literals again({"acme", "rival"}, folder.path);
  CHECK(again.was_cached());
  CHECK(found(again, "a rival of acme").size() == 2);
  CHECK_FALSE(Literals({"acme", "rivals"}, folder.path).was_cached());
}

TEST_CASE("a damaged file in the folder is passed over and replaced") {
  const Folder folder;
  { const Literals first({"acme"}, folder.path); }
  const auto size = fs::file_size(folder.only_file());
  SECTION("cut short") {
    fs::resize_file(folder.only_file(), size / 2);
  }
  SECTION("empty") {
    fs::resize_file(folder.only_file(), 0);
  }
  SECTION("a byte changed") {
    std::fstream file(folder.only_file(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(size) - 40);
    file.put('\x5A');
  }
  const Literals second({"acme"}, folder.path);
  CHECK_FALSE(second.was_cached());
  CHECK(found(second, "acme").size() == 1);
  CHECK(Literals({"acme"}, folder.path).was_cached());
}

TEST_CASE("a folder that cannot be used only costs the compilation") {
  const Literals literals({"acme"}, "/dev/null/nowhere");
  CHECK_FALSE(literals.was_cached());
  CHECK(found(literals, "acme").size() == 1);
}
