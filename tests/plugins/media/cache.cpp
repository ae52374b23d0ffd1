// The cache on disk: what stays, what goes, and what a kill leaves.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>

#include "loaded.hpp"
#include "media/disk.hpp"

using namespace earshot::media;
using earshot::testing::Folder;

namespace {

std::string bytes_of(int i, std::size_t size = 100'000) {
  std::string bytes(size, static_cast<char>('a' + i % 26));
  return bytes + std::to_string(i);
}

std::string name_of(int i) {
  return hex(content_of(bytes_of(i)));
}

Disk::Held put(Disk& disk, int i) {
  return disk.keep(content_of(bytes_of(i)), bytes_of(i));
}

std::size_t count(Disk& disk, int n) {
  std::size_t there = 0;
  for (int i = 0; i < n; ++i) there += disk.find(Disk::kContents, name_of(i)).has_value();
  return there;
}

}  // namespace

TEST_CASE("what is kept is found again by its hash") {
  const Folder folder;
  Disk disk(folder / "cache", 1 << 20);
  put(disk, 1);
  const auto held = disk.find(Disk::kContents, name_of(1));
  REQUIRE(held);
  CHECK(read_all(held->file, 1 << 20) == bytes_of(1));
  CHECK_FALSE(disk.find(Disk::kContents, name_of(2)));
  CHECK(disk.files() == 1);
}

TEST_CASE("the cache stays within its budget, and what was used last stays") {
  const Folder folder;
  Disk disk(folder / "cache", 1 << 20);
  for (int i = 0; i < 8; ++i) put(disk, i);
  REQUIRE(disk.find(Disk::kContents, name_of(0)));  // used now
  for (int i = 8; i < 12; ++i) put(disk, i);
  CHECK(disk.bytes() <= 1 << 20);
  CHECK(disk.find(Disk::kContents, name_of(0)));
  CHECK_FALSE(disk.find(Disk::kContents, name_of(1)));
  CHECK(disk.find(Disk::kContents, name_of(11)));
}

TEST_CASE("what is open never goes, in this process or another") {
  const Folder folder;
  Disk disk(folder / "cache", 1 << 20), other(folder / "cache", 1 << 20);
  const Disk::Held mine = put(disk, 0);
  for (int i = 1; i < 30; ++i) put(other, i);
  CHECK(disk.find(Disk::kContents, name_of(0)));
  CHECK_FALSE(disk.find(Disk::kContents, name_of(1)));
}

TEST_CASE("what is larger than the whole cache is refused") {
  const Folder folder;
  Disk disk(folder / "cache", 1 << 20);
  const std::string large(2 << 20, 'x');
  CHECK_THROWS_WITH(disk.keep(content_of(large), large), Catch::Contains("cache_size"));
}

TEST_CASE("which content a URL had is remembered with its time") {
  const Folder folder;
  const earshot::Time when{std::chrono::seconds{1'700'000'000}};
  {
    Disk disk(folder / "cache", 1 << 20);
    disk.put_fetched("http://cdn.example/a?token=secret", {content_of("x"), when});
  }
  Disk disk(folder / "cache", 1 << 20);
  const auto known = disk.fetched("http://cdn.example/a?token=secret");
  REQUIRE(known);
  CHECK(known->content == content_of("x"));
  CHECK(known->when == when);
  CHECK_FALSE(disk.fetched("http://cdn.example/b"));
}

TEST_CASE("a new process finds what is there, and counts it") {
  const Folder folder;
  {
    Disk disk(folder / "cache", 1 << 20);
    for (int i = 0; i < 5; ++i) put(disk, i);
  }
  Disk disk(folder / "cache", 1 << 20);
  CHECK(disk.files() == 5);
  CHECK(count(disk, 5) == 5);
}

TEST_CASE("after kills in the middle of writing every file is whole, and nothing is left beside them") {
  const Folder folder;
  for (int round = 0; round < 10; ++round) {
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      Disk disk(folder / "cache", 64 << 20);
      Disk::Writing half(disk);
      half.add("half of it");
      static_cast<void>(!::write(ready[1], "x", 1));
      for (int i = 0;; ++i) put(disk, i);
    }
    char x = 0;
    REQUIRE(::read(ready[0], &x, 1) == 1);
    for (int i = 0; i < round * 1000; ++i) ::sched_yield();
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]), ::close(ready[1]);
  }
  Disk disk(folder / "cache", 64 << 20);
  CHECK(std::filesystem::is_empty(folder / "cache/tmp"));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "cache/contents"))
    if (entry.is_regular_file()) {
      const File file(::open(entry.path().c_str(), O_RDONLY));
      CHECK(hex(content_of(read_all(file, 1 << 20))) == entry.path().filename().string());
    }
}
