#include "observe/progress.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>

#include <catch2/catch.hpp>
#include <cstdlib>

#include "base/utf8.hpp"

using namespace earshot::host;
using namespace std::chrono_literals;

namespace {

// A terminal of our own: what is drawn on `own` is read from `other`.
struct Terminal {
  int other = ::posix_openpt(O_RDWR | O_NOCTTY), own = -1;

  Terminal() {
    REQUIRE(other >= 0);
    REQUIRE(::grantpt(other) == 0);
    REQUIRE(::unlockpt(other) == 0);
    char name[128];
    REQUIRE(::ptsname_r(other, name, sizeof name) == 0);
    own = ::open(name, O_RDWR | O_NOCTTY);
    REQUIRE(own >= 0);
    const winsize size{24, 80, 0, 0};
    ::ioctl(own, TIOCSWINSZ, &size);
    ::fcntl(other, F_SETFL, O_NONBLOCK);
    ::setenv("TERM", "xterm", 1);
  }
  ~Terminal() {
    ::close(own);
    ::close(other);
  }
  std::string seen() const {
    char text[4096];
    const ssize_t size = ::read(other, text, sizeof text);
    return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : "";
  }
};

struct Fixture {
  std::chrono::nanoseconds time{1h};
  Log log{{Level::info, false, [](std::string_view) {}}};
  Terminal terminal;
  std::optional<Progress> progress;

  Fixture() {
    progress.emplace(log, terminal.own, [this] { return time; });
  }
};

}  // namespace

TEST_CASE("the line tells share, time left, posts, rate and alerts") {
  const std::string line = progress_line({12345, 1, 0.25}, 4100.4, 30s, 100);
  CHECK(line == "██████░░░░░░░░░░░░░░░░░░  25 %  1:30 left  12,345 posts  4,100/s  1 alert");
}

TEST_CASE("without a known end the line tells the time that has passed") {
  CHECK(progress_line({1, 0, {}}, 0, 3725s, 100) == "1:02:05  1 post  0/s  0 alerts");
}

TEST_CASE("a line never wraps") {
  for (std::size_t width = 0; width < 100; ++width)
    CHECK(display_width(progress_line({12345, 7, 0.5}, 4100, 30s, width)) <= width);
}

TEST_CASE("nonsense figures draw no nonsense") {
  CHECK(progress_line({0, 0, 0.0}, 0, 0s, 100).find("left") == std::string::npos);
  CHECK(progress_line({0, 0, 7.0}, -3, 10s, 100).find("100 %") != std::string::npos);
}

TEST_CASE("on a terminal it draws at most ten times a second and leaves the line empty") {
  Fixture f;
  f.time += 1s;
  f.progress->show({100, 0, {}});
  CHECK(f.terminal.seen() == "\r0:01  100 posts  100/s  0 alerts\x1b[K");
  f.time += 99ms;
  f.progress->show({200, 0, {}});
  CHECK(f.terminal.seen().empty());
  f.time += 1ms;
  f.progress->show({200, 0, {}});
  CHECK(f.terminal.seen().find("200 posts") != std::string::npos);
  f.progress.reset();
  CHECK(f.terminal.seen() == "\r\x1b[K");
}

TEST_CASE("the time left is that of what is being done now") {
  Fixture f;
  f.time += 60s;
  f.progress->show({1, 0, 0.5});
  CHECK(f.terminal.seen().find("50 %  1:00 left") != std::string::npos);
  f.time += 60s;
  f.progress->show({2, 0, 0.01});  // the next long file has begun
  (void)f.terminal.seen();
  f.time += 10s;
  f.progress->show({2, 0, 0.5});
  CHECK(f.terminal.seen().find("50 %  0:10 left") != std::string::npos);
}

TEST_CASE("a line of the log finds the line empty") {
  Fixture f;
  f.log.info("", "nothing stands there yet");
  CHECK(f.terminal.seen().empty());
  f.progress->show({1, 0, {}});
  (void)f.terminal.seen();
  f.log.info("", "now something does");
  CHECK(f.terminal.seen() == "\r\x1b[K");
}

TEST_CASE("on anything but a terminal nothing is drawn") {
  int ends[2];
  REQUIRE(::pipe2(ends, O_NONBLOCK) == 0);
  {
    Log log({Level::info, false, [](std::string_view) {}});
    Progress progress(log, ends[1]);
    CHECK_FALSE(progress.drawn());
    progress.show({1, 0, {}});
  }
  char byte;
  CHECK(::read(ends[0], &byte, 1) == -1);
  ::close(ends[0]);
  ::close(ends[1]);
}
