// The audit log: a chain that can only be added to, and the command that shows it.
#include "audit/audit.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <fstream>
#include <thread>

#include "../loaded.hpp"

using namespace earshot;
using namespace earshot::testing;
using Catch::Contains;

namespace {

constexpr ear_time kNow = 1'777'000'000'000'000'000;

struct Logged {
  explicit Logged(int lines) {
    for (int i = 0; i < lines; ++i)
      audit::note(file, kNow + i, {.command = "search", .what = "line " + std::to_string(i), .count = i});
  }
  std::string text() const {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void replace(const std::string& from, const std::string& to) const {
    std::string all = text();
    const std::size_t at = all.find(from);
    REQUIRE(at != all.npos);
    std::ofstream(file, std::ios::trunc) << all.replace(at, from.size(), to);
  }
  Folder folder;
  std::filesystem::path file = folder / "acme.db.audit";
};

int show(const Logged& logged, std::string& said, std::vector<Setting> options = {}) {
  options.push_back({"file", logged.file.string()});
  CommandHarness command(loaded("audit"), std::move(options));
  const int code = command.run();
  said = command.out() + command.err();
  return code;
}

}  // namespace

TEST_CASE("what is noted is read again, with who and when, and only its owner may read the file") {
  const Logged logged(3);
  const audit::Log log = audit::read(logged.file);
  CHECK(log.fault.empty());
  REQUIRE(log.entries.size() == 3);
  CHECK(log.entries[1].what == "line 1");
  CHECK(log.entries[1].count == 1);
  CHECK(log.entries[1].uid == static_cast<std::int64_t>(::getuid()));
  CHECK(log.entries[1].number == 2);
  CHECK(log.entries[0].time == kNow);
  struct stat about {};
  REQUIRE(::stat(logged.file.c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
}

TEST_CASE("a line that was changed breaks the chain at the next one") {
  const Logged logged(3);
  logged.replace("line 1", "line X");
  const audit::Log log = audit::read(logged.file);
  CHECK_THAT(log.fault, Contains("line 3 does not follow"));
  std::string said;
  CHECK(show(logged, said) == 1);
  CHECK_THAT(said, Contains("The chain is broken"));
}

TEST_CASE("a line that was taken out breaks the chain") {
  const Logged logged(3);
  const std::string all = logged.text();
  const std::size_t first = all.find('\n') + 1, second = all.find('\n', first) + 1;
  logged.replace(all.substr(first, second - first), "");
  CHECK_THAT(audit::read(logged.file).fault, Contains("line 2 does not follow"));
}

TEST_CASE("an end that was cut off is found by who wrote down the last hash") {
  const Logged logged(3);
  const std::string last = audit::read(logged.file).entries.back().hash;
  std::string said;
  CHECK(show(logged, said, {{"expect", last}}) == 0);
  const std::string all = logged.text();
  logged.replace(all.substr(all.rfind('\n', all.size() - 2) + 1), "");
  CHECK(show(logged, said) == 0);
  CHECK(show(logged, said, {{"expect", last}}) == 1);
  CHECK_THAT(said, Contains("cut off"));
}

TEST_CASE("a half line that a crash left is told, and the next one does not join it") {
  const Logged logged(2);
  std::ofstream(logged.file, std::ios::app) << R"({"number":3,"ti)";
  audit::note(logged.file, kNow, {.command = "erase", .what = "an author"});
  CHECK_THAT(audit::read(logged.file).fault, Contains("line 3 is no line of the log"));
  CHECK(logged.text().ends_with("}\n"));
}

TEST_CASE("processes that note at once make one chain") {
  const Logged logged(0);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i) audit::note(logged.file, kNow, {.command = "alerts", .what = "ack"});
    });
  for (std::thread& thread : threads) thread.join();
  const audit::Log log = audit::read(logged.file);
  CHECK(log.fault.empty());
  CHECK(log.entries.size() == 40);
}

TEST_CASE("an author is marked so that only who knows the name finds the line") {
  const std::string mark = audit::mark("mastodon", "ana");
  CHECK(audit::is_marked(mark, "mastodon", "ana"));
  CHECK_FALSE(audit::is_marked(mark, "mastodon", "bea"));
  CHECK_FALSE(audit::is_marked("", "mastodon", "ana"));
  CHECK(audit::mark("mastodon", "ana") != mark);
  CHECK_THAT(mark, !Contains("ana"));
}

TEST_CASE("what is said of a file cannot break the form of the log") {
  const Logged logged(0);
  audit::note(logged.file, kNow, {.command = "search", .what = "a\n\"b\"\x1b[31m", .file = "/tmp/\n{\"x\":1}"});
  audit::note(logged.file, kNow, {.command = "search", .what = "next"});
  const audit::Log log = audit::read(logged.file);
  CHECK(log.fault.empty());
  CHECK(log.entries.size() == 2);
}
