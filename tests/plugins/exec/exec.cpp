// The exec source, driven through its table, with shell scripts as its programs.
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../loaded.hpp"

using namespace earshot::testing;
using namespace std::chrono_literals;

namespace {

// The text of a script becomes the program: it runs by /bin/sh.
std::vector<Setting> script(const std::string& text, std::vector<Setting> more = {}) {
  more.push_back({"command", {"/bin/sh", "-c", text, "program", "{cursor}"}});
  return more;
}

std::string post_line(const std::string& id) {
  return R"(echo '{"platform":"p","id":")" + id + R"(","published":1,"text":"x"}')" + "\n";
}

bool lives(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string number, name, state;
  stat >> number >> name >> state;
  return stat.good() && state != "Z";
}

// Waits until a script has written the number of a process into a file.
pid_t number_in(const Folder& folder, const std::string& name) {
  const auto until = std::chrono::steady_clock::now() + 20s;
  while (std::chrono::steady_clock::now() < until) {
    const std::string text = folder.read(name);
    if (text.ends_with('\n')) return static_cast<pid_t>(std::stol(text));
    ::usleep(1000);
  }
  FAIL("the program does not say its number");
  return -1;
}

void wait_until_gone(pid_t pid) {
  const auto until = std::chrono::steady_clock::now() + 20s;
  while (lives(pid) && std::chrono::steady_clock::now() < until) ::usleep(1000);
  CHECK(!lives(pid));
}

}  // namespace

TEST_CASE("posts that a program prints are pushed, and its end is the end") {
  SourceHarness source(loaded("exec"), script(post_line("1") + post_line("2") + "printf '%s' '" +
                                              R"({"platform":"p","id":"3","published":1})" + "'"));
  source.poll_until_end();
  REQUIRE(source.posts().size() == 3);
  CHECK(source.posts()[2].id == "3");
  CHECK(source.rejects().empty());
  CHECK(source.poll() == EAR_END);
}

TEST_CASE("a cursor covers the posts before it, and a restart gives it back") {
  SourceHarness source(loaded("exec"),
                       script(R"(echo "{\"platform\":\"p\",\"id\":\"from-$EARSHOT_CURSOR-$1\",\"published\":1}"
echo '{"cursor": "page 2"}')"));
  source.poll_until_end();
  REQUIRE(source.posts().size() == 1);
  CHECK(source.posts()[0].id == "from--");
  CHECK(source.cursor() == "page 2");
  source.reopen(source.cursor());
  source.poll_until_end();
  REQUIRE(source.posts().size() == 2);
  CHECK(source.posts()[1].id == "from-page 2-page 2");
}

TEST_CASE("a program that dies is started again from its last cursor, ever later") {
  SourceHarness source(loaded("exec"), script(R"(echo '{"cursor": "'x$EARSHOT_CURSOR'"}'; exit 3)",
                                              {{"backoff", "10s"}, {"max_backoff", "30s"}}));
  std::vector<earshot::Duration> waits;
  earshot::Time last = source.now();
  for (int runs = 0; runs < 5;) {
    source.poll();
    if (source.cursors().size() > static_cast<std::size_t>(runs)) {
      waits.push_back(source.now() - last), last = source.now();
      CHECK(source.cursor() == std::string(static_cast<std::size_t>(++runs), 'x'));
    }
    source.now(source.now() + source.retry_after());
  }
  CHECK(waits[1] >= 10s);
  CHECK(waits[2] >= 20s);
  CHECK(waits[3] >= 30s);
  CHECK(waits[4] < 40s);
  CHECK_THAT(source.log_text(), Catch::Contains("exited with 3; it is started again in 10"));
}

TEST_CASE("when to restart is the user's to say") {
  SECTION("never: a failure stops the source and says so") {
    SourceHarness source(loaded("exec"), script("exit 3", {{"restart", "never"}}));
    CHECK_THROWS_WITH(source.poll_until_end(), Catch::Contains("exited with 3"));
  }
  SECTION("never: success is the end") {
    SourceHarness source(loaded("exec"), script("exit 0", {{"restart", "never"}}));
    CHECK_NOTHROW(source.poll_until_end());
  }
  SECTION("always: also after success") {
    SourceHarness source(loaded("exec"), script(post_line("1"), {{"restart", "always"}, {"backoff", "10ms"}}));
    source.poll_until_posts(3);
    CHECK(source.posts().size() >= 3);
  }
}

TEST_CASE("standard error goes to the log line by line, bounded and without control characters") {
  SourceHarness source(loaded("exec"), script(R"(printf 'one\033[31m\ntwo' >&2
i=0; while [ $i -lt 500 ]; do echo "many $i" >&2; i=$((i+1)); done
head -c 100000 /dev/zero | tr '\0' x >&2)"));
  source.poll_until_end();
  CHECK_THAT(source.log_text(), Catch::Contains("one [31m\n"));
  CHECK_THAT(source.log_text(), Catch::Contains("twomany 0\n"));
  CHECK_THAT(source.log_text(), Catch::Contains("left out"));
  CHECK(source.log_text().size() < 20000);
}

TEST_CASE("a program can tell gaps, complete time and words for the log") {
  SourceHarness source(loaded("exec"), script(R"(
echo '{"gap": {"from": "2026-01-01T00:00:00Z", "to": "2026-01-01T01:00:00Z", "reason": "maintenance"}}'
echo '{"complete_until": "2026-01-02T00:00:00Z"}'
echo '{"log": "hello"}'
echo '{"log": {"message": "there"}}')"));
  source.poll_until_end();
  REQUIRE(source.gaps().size() == 1);
  CHECK(source.gaps()[0].reason == "maintenance");
  CHECK(source.gaps()[0].to == at("2026-01-01T01:00:00Z"));
  CHECK(source.complete() == std::vector<earshot::Time>{at("2026-01-02T00:00:00Z")});
  CHECK_THAT(source.log_text(), Catch::Contains("hello\n") && Catch::Contains("there\n"));
  CHECK(source.rejects().empty());
}

TEST_CASE("lines that are nothing are set aside with the number of the line, and the others are read") {
  SourceHarness source(loaded("exec"), script(post_line("1") + R"(
echo 'no json'
echo '{"cursor": 7}'
echo '{"gap": {"from": "2026-01-02T00:00:00Z", "to": "2026-01-01T00:00:00Z"}}'
echo '{"complete_until": "yesterday"}'
echo '{"something": "else"}'
printf '{"platform":"p","id":"\377","published":1}\n'
)" + post_line("2") + "printf '{\"platform\":\"p\"'"));
  source.poll_until_end();
  CHECK(source.posts().size() == 2);
  REQUIRE(source.rejects().size() == 7);
  CHECK(source.rejects()[0].place == "test:2");
  CHECK_THAT(source.rejects()[0].reason, Catch::StartsWith("not JSON"));
  CHECK(source.rejects()[1].reason == "wrong type: cursor is no text");
  CHECK_THAT(source.rejects()[2].reason, Catch::StartsWith("wrong value: gap"));
  CHECK_THAT(source.rejects()[3].reason, Catch::StartsWith("not a time: complete_until"));
  CHECK_THAT(source.rejects()[4].reason, Catch::StartsWith("no platform"));
  CHECK_THAT(source.rejects()[5].reason, Catch::StartsWith("not UTF-8"));
  CHECK(source.rejects()[6].place == "test:9");
}

TEST_CASE("a line of many megabytes is set aside once and never held") {
  SourceHarness source(loaded("exec"),
                       script(post_line("1") + "head -c 20000000 /dev/zero | tr '\\0' x\necho\n" + post_line("2"),
                              {{"max_line", "64KiB"}}));
  source.poll_until_end();
  CHECK(source.posts().size() == 2);
  REQUIRE(source.rejects().size() == 1);
  CHECK(source.rejects()[0].raw.size() <= 1024);
  CHECK_THAT(source.rejects()[0].reason, Catch::StartsWith("too long"));
}

TEST_CASE("a program with its children ends when the source stops, also if it does not want to") {
  Folder folder;
  const bool stubborn = GENERATE(false, true);
  const std::string trap = stubborn ? "trap '' TERM\n" : "";
  SourceHarness source(loaded("exec"), script(trap + "sh -c '" + trap + "echo $$ >" + (folder / "child") +
                                                  "; while :; do sleep 1; done' & echo $$ >" + (folder / "self") +
                                                  "\n" + post_line("1") + "while :; do sleep 1; done",
                                              {{"grace", "100ms"}}));
  source.poll_until_posts(1);
  const pid_t self = number_in(folder, "self"), child = number_in(folder, "child");
  CHECK(lives(self));
  source.stop();
  wait_until_gone(self);
  wait_until_gone(child);
}

TEST_CASE("what a program leaves behind when it dies is killed with it") {
  Folder folder;
  SourceHarness source(loaded("exec"),
                       script("sh -c 'echo $$ >" + (folder / "child") + "; while :; do sleep 1; done' &\n" +
                              "while [ ! -s " + (folder / "child") + " ]; do sleep 0.01; done; exit 0"));
  source.poll_until_end();
  wait_until_gone(number_in(folder, "child"));
}

TEST_CASE("what a program starts in a session of its own is killed with it") {
  Folder folder;
  const bool ends = GENERATE(false, true);  // by itself, or asked to
  const std::string daemon = "setsid sh -c 'echo $$ >" + (folder / "daemon") + "; while :; do sleep 1; done' &\n" +
                             "while [ ! -s " + (folder / "daemon") + " ]; do sleep 0.01; done\n";
  SourceHarness source(loaded("exec"), script(daemon + (ends ? "exit 0" : post_line("1") + "while :; do sleep 1; done"),
                                              {{"grace", "50ms"}}));
  if (ends) source.poll_until_end();
  while (!ends && source.posts().empty()) source.poll();
  const pid_t daemons = number_in(folder, "daemon");
  if (!ends) CHECK(lives(daemons));
  source.stop();
  wait_until_gone(daemons);
}

TEST_CASE("posts of a program that prints no cursor are covered by the last that it had") {
  SourceHarness source(loaded("exec"), script(post_line("1") + "sleep 0.05\n" + post_line("2")));
  source.poll_until_end();
  CHECK(source.posts().size() == 2);
  REQUIRE_FALSE(source.cursors().empty());
  CHECK(source.cursor().empty());
  SourceHarness later(loaded("exec"), script("echo '{\"cursor\": \"a\"}'\n" + post_line("1")));
  later.poll_until_end();
  CHECK(later.cursor() == "a");
}

TEST_CASE("of a line that was too long no more than its beginning is there to be read again, and that is said") {
  SourceHarness source(loaded("exec"), script("head -c 70000 /dev/zero | tr '\\0' x\necho\n", {{"max_line", "64KiB"}}));
  source.poll_until_end();
  REQUIRE(source.rejects().size() == 1);
  CHECK_THAT(source.rejects()[0].reason, Catch::Contains("only its first 1,024 are kept"));
  ComponentUnderTest component(loaded("exec"), script("exit 0"));
  component.start();
  SourceRecord record;
  CHECK_THROWS_WITH(component.call("reread",
                                   [&](ear_error* e) {
                                     return loaded("exec").source->reread(component.self(),
                                                                          earshot::bytes(source.rejects()[0].raw),
                                                                          earshot::str("test:1"), &record.raw(), e);
                                   }),
                    Catch::Contains("raise max_line and read the whole again"));
}

TEST_CASE("the program does not outlive the process that started it") {
  Folder folder;
  const pid_t host = ::fork();
  if (host == 0) {
    SourceHarness source(loaded("exec"), script("echo $$ >" + (folder / "self") + "; while :; do sleep 1; done"));
    source.poll();
    number_in(folder, "self");
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(host, nullptr, 0);
  wait_until_gone(number_in(folder, "self"));
}

TEST_CASE("a poll waits for no longer than a moment") {
  SourceHarness source(loaded("exec"), script("exec sleep 100"));
  const auto began = std::chrono::steady_clock::now();
  CHECK(source.poll() == EAR_AGAIN);
  CHECK(std::chrono::steady_clock::now() - began < 5s);
  source.stop();
}

TEST_CASE("a program that cannot be started is told with its name") {
  SourceHarness source(loaded("exec"), {{"command", {"no-such-program-here"}}, {"restart", "never"}});
  CHECK_THROWS_WITH(source.poll(), Catch::Contains("no program 'no-such-program-here' in PATH"));
  SourceHarness folder(loaded("exec"), {{"command", {"/tmp"}}});
  CHECK_THROWS_WITH(folder.poll(), Catch::Contains("cannot start '/tmp': Permission denied"));
}

TEST_CASE("the program gets the environment that it is given, and not the host's") {
  ::setenv("EARSHOT_TEST_SECRET", "hidden", 1);
  SourceHarness source(loaded("exec"),
                       script(R"(echo "{\"platform\":\"p\",\"id\":\"$NAME-$EARSHOT_TEST_SECRET\",\"published\":1}")",
                              {{"env", map({{"NAME", "value"}})}}));
  source.poll_until_end();
  REQUIRE(source.posts().size() == 1);
  CHECK(source.posts()[0].id == "value-");
}

TEST_CASE("a set-aside line is read once more, and refused while it is still wrong") {
  const ear_component& table = loaded("exec");
  SourceHarness source(table, script("exit 0"));
  source.start();
  ComponentUnderTest component(table, script("exit 0"));
  component.start();
  const auto reread = [&](const std::string& raw) {
    SourceRecord record;
    component.call("reread", [&](ear_error* e) {
      return table.source->reread(component.self(), earshot::bytes(raw), earshot::str("test:1"), &record.raw(), e);
    });
    return record.pushed.posts;
  };
  CHECK(reread(R"({"platform":"p","id":"1","published":1})").at(0).id == "1");
  CHECK_THROWS_WITH(reread("{"), Catch::Contains("not JSON"));
}
