// The disk is full for a while: the run waits, says so, and goes on where there is room again.
#include <signal.h>
#include <sys/resource.h>

#include <catch2/catch.hpp>

#include "posts.hpp"
#include "stores.hpp"

namespace {

// No file of the process can grow beyond this, which is what a full disk looks like to it.
void limit_files(const Process& process, rlim_t bytes) {
  const rlimit limit{bytes, RLIM_INFINITY};
  REQUIRE(::prlimit(process.pid(), RLIMIT_FSIZE, &limit, nullptr) == 0);
}

rlim_t size_of(const std::string& file) {
  std::error_code none;
  const auto size = std::filesystem::file_size(file, none);
  return none ? 0 : size;
}

}  // namespace

TEST_CASE("a disk that is full for a while costs nothing but time") {
  constexpr int kPosts = 6000;
  Folder folder;
  write_posts(folder, kPosts);
  REQUIRE(run({"run", "--quiet", write_pipeline(folder, "expected")}, folder / "expected.log").code == 0);
  Process process({"run", "--quiet", write_pipeline(folder, "found", {.rate = 1000})}, folder / "found.log");
  REQUIRE(wait_until([&] { return size_of(folder / "found.ndjson") > 100'000; }));
  limit_files(process, 150'000);
  REQUIRE(process.wait_for("trying again"));
  CHECK(process.lives());
  limit_files(process, RLIM_INFINITY);
  const Ended ended = process.wait();
  INFO(process.said());
  REQUIRE(ended.code == 0);
  check_same(folder, "expected", "found");
}

TEST_CASE("a run that is stopped while the disk is full goes on from its last checkpoint") {
  constexpr int kPosts = 6000;
  Folder folder;
  write_posts(folder, kPosts);
  REQUIRE(run({"run", "--quiet", write_pipeline(folder, "expected")}, folder / "expected.log").code == 0);
  const std::string pipeline = write_pipeline(folder, "found", {.rate = 1500, .more = "drain: 500ms"});
  {
    Process process({"run", "--quiet", pipeline}, folder / "found.log");
    REQUIRE(wait_until([&] { return size_of(folder / "found.ndjson") > 100'000; }));
    limit_files(process, 150'000);
    REQUIRE(process.wait_for("trying again"));
    process.signal(SIGTERM);
    CHECK(process.wait().code == 0);
    CHECK(process.wait_for("the next run does it again from the last checkpoint"));
  }
  REQUIRE(run({"run", "--quiet", pipeline}, folder / "found.log").code == 0);
  INFO(folder.read("found.log"));
  check_same(folder, "expected", "found");
}

TEST_CASE("a run that has read everything while the disk is full can be stopped, and loses nothing") {
  Folder folder;
  write_posts(folder, 12'000);
  REQUIRE(run({"run", "--quiet", write_pipeline(folder, "expected")}, folder / "expected.log").code == 0);
  const std::string pipeline = write_pipeline(folder, "found", {.more = "drain: 300ms"});
  {
    Process process({"run", "--quiet", pipeline}, folder / "found.log");
    limit_files(process, 1'000'000);  // enough to start with
    REQUIRE(process.wait_for("trying again"));
    process.signal(SIGTERM);
    CHECK(process.wait().code == 0);
  }
  REQUIRE(run({"run", "--quiet", pipeline}, folder / "found.log").code == 0);
  INFO(folder.read("found.log"));
  check_same(folder, "expected", "found");
}
