// Files that are sealed with a key file, whole or as they grow.
#include "sealed/frames.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "../loaded.hpp"

using namespace earshot;
using Catch::Contains;
using earshot::testing::Folder;

namespace {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Files {
  Files() { sealed::make_key_file(key_file); }
  sealed::Key key() const { return sealed::key_from(key_file, sealed::Use::files); }
  std::string opened(bool* whole = nullptr) const {
    const bool is_whole = sealed::open(at, folder / "plain", key());
    if (whole != nullptr) *whole = is_whole;
    return bytes_of(folder / "plain");
  }
  void write(const std::string& bytes) const { std::ofstream(at, std::ios::binary | std::ios::trunc) << bytes; }
  Folder folder;
  std::string key_file = folder / "key", at = folder / "sealed";
};

}  // namespace

TEST_CASE("a text that is sealed shows nothing, and comes back with its key alone") {
  const Files files;
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{1} << 20, (std::size_t{3} << 20) + 7}) {
    const std::string text(size, 'x');
    sealed::seal_text(text, files.at, files.key());
    CHECK(bytes_of(files.at).find("xxxx") == std::string::npos);
    bool whole = false;
    CHECK(files.opened(&whole) == text);
    CHECK(whole);
  }
  sealed::make_key_file(files.folder / "other");
  CHECK_THROWS_WITH(
      sealed::open(files.at, files.folder / "p", sealed::key_from(files.folder / "other", sealed::Use::files)),
      Contains("another key"));
  CHECK_FALSE(std::filesystem::exists(files.folder / "p"));
}

TEST_CASE("a file is sealed as a text is") {
  const Files files;
  const std::string text(2'500'000, 'y');
  files.folder.write("from", text);
  sealed::seal(files.folder / "from", files.at, files.key());
  CHECK(files.opened() == text);
}

TEST_CASE("a byte that was changed anywhere is found") {
  const Files files;
  sealed::seal_text("what nobody may change", files.at, files.key());
  const std::string bytes = bytes_of(files.at);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    files.write(changed);
    CHECK_THROWS(files.opened());
  }
}

TEST_CASE("a file that grows is read as far as it goes, and is told not to be whole") {
  const Files files;
  sealed::Frames frames(files.key());
  std::string bytes = frames.header();
  frames.frame("one ", bytes), frames.frame("two ", bytes);
  files.write(bytes);
  bool whole = true;
  CHECK(files.opened(&whole) == "one two ");
  CHECK_FALSE(whole);
  sealed::Frames later(files.key(), files.at, bytes.size());
  later.frame("three", bytes);
  files.write(bytes);
  CHECK(files.opened() == "one two three");
}

TEST_CASE("frames that were swapped, doubled, left out or taken from another file are found") {
  const Files files;
  sealed::Frames frames(files.key()), others(files.key());
  std::string a, b, c;
  frames.frame("aaaa", a), frames.frame("bbbb", b), others.frame("cccc", c);
  for (const std::string& all : {b + a, a + a, b, c, a + c}) {
    files.write(frames.header() + all);
    CHECK_THROWS(files.opened());
  }
  files.write(frames.header() + a + b.substr(0, b.size() - 1));
  CHECK_THROWS(files.opened());
}

TEST_CASE("nothing can follow an end mark") {
  const Files files;
  sealed::Frames frames(files.key());
  std::string bytes = frames.header();
  frames.frame("all", bytes, true), frames.frame("more", bytes);
  files.write(bytes);
  CHECK_THROWS(files.opened());
}

TEST_CASE("a key file is its owner's alone, is never overwritten, and is told from what is none") {
  const Files files;
  struct stat about {};
  REQUIRE(::stat(files.key_file.c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
  CHECK_THROWS_WITH(sealed::make_key_file(files.key_file), Contains("never overwritten"));
  CHECK(sealed::is_key_file(files.key_file));
  REQUIRE(::chmod(files.key_file.c_str(), 0640) == 0);
  CHECK_THROWS_WITH(files.key(), Contains("chmod 600"));
  const std::string other = files.folder.write("other", "EARKEY1 12");
  REQUIRE(::chmod(other.c_str(), 0600) == 0);
  CHECK_THROWS_WITH(sealed::key_from(other, sealed::Use::files), Contains("is no key file"));
  CHECK_THROWS_WITH(sealed::key_from(files.folder / "none", sealed::Use::files), Contains("cannot read"));
}

TEST_CASE("each use has a key of its own") {
  const Files files;
  const sealed::Key one = files.key(), two = sealed::key_from(files.key_file, sealed::Use::pseudonyms);
  CHECK(std::string_view(reinterpret_cast<const char*>(one.data()), sealed::Key::kSize) !=
        std::string_view(reinterpret_cast<const char*>(two.data()), sealed::Key::kSize));
}
