// The sqlite sink killed in the middle of its work, on a full disk, and beside another program that writes.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <earshot/testing.hpp>
#include <random>

#include "../loaded.hpp"
#include "counted.hpp"
#include "query.hpp"

using namespace earshot::testing;

namespace {

constexpr int kPosts = 4000, kFlushEvery = 100;

void add(SinkHarness& sink, int number) {
  TestPost& post = sink.post("text number n" + std::to_string(number) + " with some words more");
  post.with_id(std::to_string(number)).by(named("a", number % 50)).found("mention", "acme");
  post.at(at("2026-05-01") + std::chrono::seconds{number});
}

void write(SinkHarness& sink, int from, int to, int tell) {
  for (int i = from; i < to; ++i) {
    add(sink, i);
    if ((i + 1) % kFlushEvery != 0) continue;
    sink.write(16);
    sink.flush();
    const int safe = i + 1;
    if (tell >= 0 && ::write(tell, &safe, sizeof safe) < 0) ::_exit(9);
  }
}

}  // namespace

TEST_CASE("killed at any moment, the store is sound, has all that was flushed, and ends complete") {
  const Folder folder;
  const std::string path = folder / "acme.db";
  std::mt19937 random(std::random_device{}());
  int safe = 0;
  for (int round = 0; round < 12 && safe < kPosts; ++round) {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    const int begin = std::max(0, safe - 2 * kFlushEvery);  // an older checkpoint: some come again
    const pid_t child = ::fork();
    if (child == 0) {
      SinkHarness sink(loaded("sqlite"), {{"path", path}, {"commit_every", 64}});
      write(sink, begin, kPosts, pipe[1]);
      sink.stop();
      ::_exit(0);
    }
    ::close(pipe[1]);
    // The kill comes after so many flushes, at whatever the child does then.
    const int flushes = static_cast<int>(random() % 8) + 1;
    int told = 0;
    for (int i = 0; i < flushes && ::read(pipe[0], &told, sizeof told) == sizeof told; ++i) safe = std::max(safe, told);
    ::kill(child, SIGKILL);
    while (::read(pipe[0], &told, sizeof told) == sizeof told) safe = std::max(safe, told);
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(integrity(path) == "ok");
    CHECK(one(path, "SELECT count(*) FROM posts WHERE CAST(id AS INTEGER) < " + std::to_string(safe)) ==
          std::to_string(safe));
  }
  {
    SinkHarness sink(loaded("sqlite"), {{"path", path}});
    write(sink, std::max(0, safe - kFlushEvery), kPosts, -1);
    sink.stop();
  }
  SinkHarness undisturbed(loaded("sqlite"), {{"path", folder / "other.db"}});
  write(undisturbed, 0, kPosts, -1);
  undisturbed.stop();
  CHECK(contents(path) == contents(folder / "other.db"));
  CHECK(integrity(path) == "ok");
  CHECK_NOTHROW(check_index(path));
  CHECK(one(path, "SELECT count(*) FROM search WHERE search MATCH 'words'") == std::to_string(kPosts));
  CHECK(counted(path) == counted(folder / "other.db"));
}

TEST_CASE("on a full disk the flush fails and can be made again without loss") {
  const Folder folder;
  const std::string path = folder / "acme.db";
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    SinkHarness sink(loaded("sqlite"), {{"path", path}, {"index", "none"}});
    sink.start();
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit small{400'000, limit.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    for (int i = 0; i < 2000; ++i) add(sink, i);
    int failures = 0;
    for (int tries = 0; tries < 3; ++tries) {
      try {
        sink.write();
        sink.flush();
        ::_exit(2);
      } catch (const CallFailed& failed) {
        if (failed.status != EAR_IO) ::_exit(3);
        ++failures;
      }
    }
    ::setrlimit(RLIMIT_FSIZE, &limit);
    sink.flush();
    ::_exit(failures == 3 ? 0 : 4);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(one(path, "SELECT count(*), count(DISTINCT id) FROM posts") == "2000|2000");
  CHECK(integrity(path) == "ok");
}

TEST_CASE("while another program writes, the flush says not now and nothing is lost") {
  const Folder folder;
  const std::string path = folder / "acme.db";
  SinkHarness sink(loaded("sqlite"), {{"path", path}, {"busy_timeout", "1ms"}, {"index", "none"}});
  sink.post("text");
  sink.write();
  sqlite3* other = nullptr;
  sqlite3_open(path.c_str(), &other);
  sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  try {
    sink.flush();
    FAIL("it wrote beside the other");
  } catch (const CallFailed& failed) {
    CHECK(failed.status == EAR_AGAIN);
  }
  sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  sink.flush();
  CHECK(one(path, "SELECT count(*) FROM posts") == "1");
}
