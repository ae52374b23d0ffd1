// The console sink, driven through its table, with its standard output in a file or on a terminal of the test's own.
#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <earshot/testing.hpp>
#include <optional>

#include "../loaded.hpp"

using namespace earshot::testing;

namespace {

// Standard error goes to `file` while this lives; it is used because Catch2 itself writes to standard output.
class Redirected {
 public:
  explicit Redirected(int file) : before_(::dup(STDERR_FILENO)) { ::dup2(file, STDERR_FILENO); }
  ~Redirected() { ::dup2(before_, STDERR_FILENO), ::close(before_); }
  Redirected(const Redirected&) = delete;
  Redirected& operator=(const Redirected&) = delete;

 private:
  int before_;
};

void one_of_each(SinkHarness& sink) {
  sink.post("Acme is down").by("ana").found("mention", "acme");
  sink.post("nothing in this one");
  TestAlert& alert = sink.alert("spike", "acme");
  alert.summary = "acme: 143 mentions on 2026-03-14, 31 expected (18 to 46)", alert.severity = 8;
  alert.evidence.push_back(
      {"mastodon", "1", "https://x.test/1", "ana", "Acme is down", at("2026-03-14T10:00:00Z"), 0.1});
  sink.gap("2026-03-15T00:00:00Z", "2026-03-15T01:00:00Z", "unreachable");
}

using Fill = void (*)(SinkHarness&);

void deliver(std::vector<Setting> options, Fill fill = one_of_each) {
  options.push_back({"to", "stderr"});
  SinkHarness sink(loaded("console"), std::move(options));
  fill(sink);
  sink.write();
  sink.flush();
}

std::string written_to_file(std::vector<Setting> options, Fill fill = one_of_each) {
  Folder folder;
  const std::string path = folder.write("out", "");
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  {
    const Redirected redirected(file);
    deliver(std::move(options), fill);
  }
  ::close(file);
  return folder.read("out");
}

std::string written_to_terminal(std::vector<Setting> options, unsigned short columns = 80) {
  int master = -1, slave = -1;
  const winsize size{24, columns, 0, 0};
  REQUIRE(::openpty(&master, &slave, nullptr, nullptr, &size) == 0);
  {
    const Redirected redirected(slave);
    deliver(std::move(options));
  }
  ::fcntl(master, F_SETFL, O_NONBLOCK);
  std::string all(65536, '\0');
  all.resize(static_cast<std::size_t>(std::max<ssize_t>(0, ::read(master, all.data(), all.size()))));
  ::close(master), ::close(slave);
  return all;
}

class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    if (const char* was = std::getenv(name)) before_ = was;
    if (value == nullptr)
      ::unsetenv(name);
    else
      ::setenv(name, value, 1);
  }
  ~Environment() {
    if (before_)
      ::setenv(name_, before_->c_str(), 1);
    else
      ::unsetenv(name_);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

bool is_coloured(const std::string& text) {
  return text.find("\x1B[") != std::string::npos;
}

}  // namespace

TEST_CASE("the console shows posts with findings, alerts and gaps") {
  const std::string text = written_to_file({});
  CHECK_THAT(text, Catch::Contains("@ana [acme]\n  Acme is down\n"));
  CHECK_THAT(text, Catch::Contains("ALERT spike acme severity 8/10"));
  CHECK_THAT(text, Catch::Contains("\n  acme: 143 mentions on 2026-03-14, 31 expected (18 to 46)\n"));
  CHECK_THAT(text, Catch::Contains("\n  - 2026-03-14 10:00:00 @ana Acme is down\n"));
  CHECK_THAT(text, Catch::Contains("GAP test 2026-03-15 00:00:00 to 2026-03-15 01:00:00: unreachable\n"));
  CHECK_THAT(text, !Catch::Contains("nothing in this one"));
}

TEST_CASE("the console shows what is asked for") {
  const std::string all = written_to_file({{"only_found", false}});
  CHECK_THAT(all, Catch::Contains("nothing in this one"));
  const std::string posts = written_to_file({{"show", "posts"}});
  CHECK_THAT(posts, Catch::Contains("Acme is down") && !Catch::Contains("ALERT") && !Catch::Contains("GAP"));
  const std::string alerts = written_to_file({{"show", "alerts"}});
  CHECK_THAT(alerts, Catch::Contains("ALERT") && Catch::Contains("GAP") && !Catch::Contains("[acme]"));
}

TEST_CASE("of an alert that grows the first revision is shown, those that are much graver, and the last") {
  const std::string text = written_to_file({}, [](SinkHarness& sink) {
    std::uint64_t revision = 0;
    for (const std::uint32_t severity : {4U, 5U, 6U, 7U, 7U, 8U}) {
      TestAlert& alert = sink.alert("spike", "acme");
      alert.severity = severity, alert.revision = ++revision;
      if (revision == 6) alert.state = EAR_ALERT_CLOSED;
    }
  });
  std::vector<std::string> shown;
  for (std::size_t at = text.find("severity "); at != text.npos; at = text.find("severity ", at + 1))
    shown.push_back(text.substr(at + 9, 1));
  CHECK(shown == std::vector<std::string>{"4", "7", "8"});
}

TEST_CASE("there are colours on a terminal only, and none where NO_COLOR is set") {
  const Environment term("TERM", "xterm");
  {
    const Environment none("NO_COLOR", nullptr);
    CHECK(!is_coloured(written_to_file({})));
    CHECK(is_coloured(written_to_terminal({})));
    CHECK(is_coloured(written_to_file({{"colour", "always"}})));
    CHECK(!is_coloured(written_to_terminal({{"colour", "never"}})));
  }
  const Environment set("NO_COLOR", "1");
  CHECK(!is_coloured(written_to_terminal({})));
}

TEST_CASE("lines are as wide as the terminal") {
  const Environment none("NO_COLOR", "1");
  const std::string narrow = written_to_terminal({}, 30);
  CHECK_THAT(narrow, Catch::Contains("acme: 143 mentions on 2026-…"));
  CHECK_THAT(written_to_terminal({{"width", 200}}, 30), Catch::Contains("(18 to 46)"));
}

TEST_CASE("a reader that has gone stops the sink, and says so") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  ::close(ends[0]);
  ::signal(SIGPIPE, SIG_IGN);
  std::string message;
  {
    const Redirected redirected(ends[1]);
    try {
      deliver({});
    } catch (const CallFailed& e) {
      message = e.message;
    }
  }
  ::close(ends[1]);
  CHECK_THAT(message, Catch::Contains("has gone"));
}
