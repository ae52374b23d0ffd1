#include "observe/log.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <thread>
#include <vector>

using namespace earshot::host;

namespace {

struct Told {
  std::vector<std::string> lines;
  Log log;

  explicit Told(Level level = Level::info, bool json = false)
      : log({level, json, [this](std::string_view line) { lines.emplace_back(line); }}) {}
};

}  // namespace

TEST_CASE("a line has level, component and message") {
  Told told;
  told.log.info("store", "{} posts", 3);
  told.log.error("", "stopped");
  CHECK(told.lines == std::vector<std::string>{"info store: 3 posts", "error stopped"});
}

TEST_CASE("a level that is off is not told") {
  Told told(Level::warning);
  told.log.info("a", "quiet");
  CHECK_FALSE(told.log.on(Level::debug));
  told.log.set_level(Level::debug);
  told.log.debug("a", "loud");
  CHECK(told.lines == std::vector<std::string>{"debug a: loud"});
}

TEST_CASE("as JSON, a line is one object") {
  Told told(Level::info, true);
  told.log.warning("a\"b", "say \"hi\"\n\xFF");
  CHECK(told.lines == std::vector<std::string>{R"({"level":"warning","component":"a\"b","message":"say \"hi\"\\n)"
                                               "\uFFFD"
                                               R"("})"});
}

TEST_CASE("the first of a kind is told in full, the rest as growing totals") {
  Told told;
  for (int i = 1; i <= 250; ++i)
    told.log.once_per(Level::warning, "file", "wrong type", "a.ndjson",
                      "a.ndjson:" + std::to_string(i) + ": wrong type");
  CHECK(told.lines == std::vector<std::string>{"warning file: a.ndjson:1: wrong type",
                                               "warning file: wrong type (a.ndjson): 10 times so far",
                                               "warning file: wrong type (a.ndjson): 100 times so far"});
  told.lines.clear();
  told.log.summary();
  CHECK(told.lines == std::vector<std::string>{"warning file: wrong type (a.ndjson): 250 times in all"});
  told.log.summary();
  CHECK(told.lines.size() == 1);  // nothing has grown since
}

TEST_CASE("kinds, places and components are counted apart") {
  Told told;
  told.log.once_per(Level::warning, "file", "wrong type", "a", "1");
  told.log.once_per(Level::warning, "file", "wrong type", "b", "2");
  told.log.once_per(Level::warning, "file", "not JSON", "a", "3");
  told.log.once_per(Level::warning, "other", "wrong type", "a", "4");
  CHECK(told.lines.size() == 4);
  told.log.summary();
  CHECK(told.lines.size() == 4);  // each came once
}

TEST_CASE("kinds without end take bounded memory and bounded lines") {
  Told told;
  for (int i = 0; i < 5000; ++i) told.log.once_per(Level::warning, "x", "kind" + std::to_string(i), "", "m");
  CHECK(told.lines.size() < Log::kKinds + 10);
  told.log.summary();
  CHECK(told.lines.back() == "warning further kinds of messages: 4000 times in all");
}

TEST_CASE("a secret never goes out") {
  Told told;
  told.log.hide("tok-12");
  told.log.hide("tok-1234");  // holds the other one
  told.log.hide("two\nlines");
  told.log.hide("abc");  // too short to hide
  told.log.info("tok-12", "got tok-1234, tok-12x, two\nlines and abc");
  told.log.once_per(Level::warning, "a", "tok-1234", "", "tok-1234");
  told.log.once_per(Level::warning, "a", "tok-1234", "", "tok-1234");
  told.log.summary();
  CHECK(told.lines == std::vector<std::string>{"info ***: got ***, ***x, *** and abc", "warning a: ***",
                                               "warning a: ***: 2 times in all"});
}

TEST_CASE("a secret does not show through a JSON line either") {
  Told told(Level::info, true);
  told.log.hide("pass\"word");
  told.log.info("pass\"word", "it is pass\"word");
  CHECK(told.lines == std::vector<std::string>{R"({"level":"info","component":"***","message":"it is ***"})"});
}

TEST_CASE("a secret at the bound of the length is not cut open") {
  Told told;
  told.log.hide("secretsecret");
  told.log.info("", "{}secretsecret", std::string(Log::kLongest - 3, 'x'));
  CHECK(told.lines[0].find("sec") == std::string::npos);
}

TEST_CASE("messages are bounded and cannot forge lines") {
  Told told;
  told.log.say(Level::info, "a", std::string(100'000, '\n') + "error b: forged");
  REQUIRE(told.lines.size() == 1);
  CHECK(told.lines[0].size() < Log::kLongest + 64);
  CHECK(told.lines[0].find('\n') == std::string::npos);
  CHECK(told.lines[0].substr(told.lines[0].size() - 3) == "…");
}

TEST_CASE("on standard error a line has its time, and in the journal a level that it reads instead") {
  char path[] = "/tmp/earshot-log-XXXXXX";
  const int file = ::mkstemp(path), before = ::dup(STDERR_FILENO);
  REQUIRE(file >= 0);
  struct stat status {};
  REQUIRE(::fstat(file, &status) == 0);
  const std::string stream = fmt::format("{}:{}", status.st_dev, status.st_ino);
  ::dup2(file, STDERR_FILENO);
  const auto tell = [](const char* journal, bool json) {
    journal == nullptr ? ::unsetenv("JOURNAL_STREAM") : ::setenv("JOURNAL_STREAM", journal, 1);
    Log({Level::info, json, {}}).warning("store", "full");
  };
  tell(nullptr, false);
  tell(nullptr, true);
  tell("1:2", false);  // a stream that standard error does not lead to
  tell(stream.c_str(), false);
  tell(stream.c_str(), true);
  ::unsetenv("JOURNAL_STREAM");
  ::dup2(before, STDERR_FILENO);
  ::close(before);
  ::close(file);

  std::vector<std::string> lines;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::remove(path);
  const std::string time = R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)";
  REQUIRE(lines.size() == 5);
  CHECK_THAT(lines[0], Catch::Matches(time + " warning store: full"));
  CHECK_THAT(lines[1],
             Catch::Matches(R"(\{"time":")" + time + R"(","level":"warning","component":"store","message":"full"\})"));
  CHECK_THAT(lines[2], Catch::Matches(time + " warning store: full"));
  CHECK(lines[3] == "<4>store: full");
  CHECK(lines[4] == R"(<4>{"level":"warning","component":"store","message":"full"})");
}

TEST_CASE("lines of many threads do not mix") {
  Told told;
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&told, t] {
      for (int i = 0; i < 500; ++i) {
        told.log.info("c", "{}", std::string(20, static_cast<char>('a' + t)));
        told.log.once_per(Level::info, "c", "again", "", "again");
        told.log.hide("secret" + std::to_string(t));
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(told.lines.size() == 2000 + 4);  // again: the first, 10, 100, 1000
  for (const auto& line : told.lines)
    if (line.size() == 28) CHECK(line == "info c: " + std::string(20, line.back()));
}

TEST_CASE("whoever draws on the terminal leaves the line first") {
  Told told;
  std::size_t lines_before = 99;
  told.log.before_each([&] { lines_before = told.lines.size(); });
  told.log.info("a", "b");
  CHECK(lines_before == 0);
  told.log.before_each({});
  told.log.info("a", "b");
  CHECK(lines_before == 0);
}
