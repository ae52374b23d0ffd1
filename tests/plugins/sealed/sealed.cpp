// Sealed files: read by who knows the passphrase, and by nobody after they were changed.
#include "sealed/sealed.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "../loaded.hpp"
#include "earshot/error.hpp"

using namespace earshot;
using Catch::Contains;
using testing::Folder;

namespace {

// Not a pattern that repeats with a chunk.
std::string some(std::size_t size) {
  std::string out(size, 0);
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<char>(i * 31 + i / 251);
  return out;
}

}  // namespace

TEST_CASE("what was sealed comes back, whatever its length") {
  const Folder folder;
  for (const std::size_t size : {0U, 1U, 65'535U, 65'536U, 65'537U, 200'000U}) {
    INFO(size);
    const std::string plain = some(size);
    sealed::seal(folder.write("plain", plain), folder / "sealed", "correct horse");
    sealed::open(folder / "sealed", folder / "again", "correct horse");
    CHECK(folder.read("again") == plain);
    CHECK(sealed::fingerprint(folder / "again") == sealed::fingerprint(folder / "plain"));
  }
}

TEST_CASE("a sealed file tells nothing, is its owner's alone, and differs each time") {
  const Folder folder;
  const std::string plain = folder.write("plain", "the secret of Acme");
  sealed::seal(plain, folder / "one", "correct horse");
  sealed::seal(plain, folder / "two", "correct horse");
  CHECK_THAT(folder.read("one"), !Contains("Acme"));
  CHECK(folder.read("one") != folder.read("two"));
  struct stat status {};
  REQUIRE(::stat((folder / "one").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK(sealed::is_sealed(folder / "one"));
  CHECK_FALSE(sealed::is_sealed(plain));
}

TEST_CASE("another passphrase, a changed byte, a missing end or a chunk too many opens nothing and leaves nothing") {
  const Folder folder;
  const std::string plain = folder.write("plain", some(150'000));
  sealed::seal(plain, folder / "sealed", "correct horse");
  const std::string whole = folder.read("sealed");
  const auto refused = [&](const std::string& bytes, const std::string& passphrase) {
    CHECK_THROWS_AS(sealed::open(folder.write("other", bytes), folder / "again", passphrase), Error);
    CHECK_FALSE(std::filesystem::exists(folder / "again"));
  };
  refused(whole, "wrong horse");
  for (const std::size_t at : {std::size_t{9}, std::size_t{30}, std::size_t{100}, whole.size() - 1}) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    refused(changed, "correct horse");
  }
  refused(whole.substr(0, whole.size() - 20), "correct horse");
  refused(whole.substr(0, 48 + 2 * (65'536 + 17)), "correct horse");  // whole chunks, without the last
  refused(whole + "x", "correct horse");
  refused("no sealed file", "correct horse");
}
