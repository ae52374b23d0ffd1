#include "base/notify.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>

using namespace earshot::host;
using namespace std::chrono_literals;

namespace {

// The service manager's end.
class Manager {
 public:
  explicit Manager(const std::string& name) : fd_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    std::memcpy(at.sun_path, name.data(), name.size());
    if (at.sun_path[0] == '@') at.sun_path[0] = '\0';
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    REQUIRE(::bind(fd_, reinterpret_cast<const sockaddr*>(&at), size) == 0);
  }
  ~Manager() { ::close(fd_); }
  std::string next() const {
    char text[4096];
    const ssize_t size = ::recv(fd_, text, sizeof text, MSG_DONTWAIT);
    return size < 0 ? "" : std::string(text, static_cast<std::size_t>(size));
  }

 private:
  int fd_;
};

std::string folder() {
  char path[] = "/tmp/earshot-notify-XXXXXX";
  REQUIRE(::mkdtemp(path) != nullptr);
  return path;
}

}  // namespace

TEST_CASE("states reach the socket that systemd names") {
  const std::string at = folder();
  const bool abstract = GENERATE(false, true);
  const std::string name = (abstract ? "@" : "") + at + "/notify";
  {
    const Manager manager(name);
    const Notify notify(name);
    notify.ready();
    CHECK(manager.next() == "READY=1");
    notify.stopping();
    CHECK(manager.next() == "STOPPING=1");
    notify.alive();
    CHECK(manager.next() == "WATCHDOG=1");
    notify.status("12 posts\nREADY=1");
    CHECK(manager.next() == "STATUS=12 posts\\nREADY=1");
  }
  std::filesystem::remove_all(at);
}

TEST_CASE("a reload carries the monotonic time") {
  const std::string name = "@earshot-notify-" + std::to_string(::getpid());
  const Manager manager(name);
  timespec before{}, after{};
  ::clock_gettime(CLOCK_MONOTONIC, &before);
  Notify(name).reloading();
  ::clock_gettime(CLOCK_MONOTONIC, &after);
  const std::string message = manager.next(), head = "RELOADING=1\nMONOTONIC_USEC=";
  REQUIRE(message.substr(0, head.size()) == head);
  const long long usec = std::stoll(message.substr(head.size()));
  CHECK(usec >= before.tv_sec * 1'000'000LL + before.tv_nsec / 1'000);
  CHECK(usec <= after.tv_sec * 1'000'000LL + after.tv_nsec / 1'000);
}

TEST_CASE("nothing happens where nobody listens") {
  Notify("").ready();
  Notify("not a path").ready();
  Notify("/nobody/is/here").ready();
  Notify("/" + std::string(500, 'x')).ready();
  CHECK_FALSE(Notify("").interval());
}

TEST_CASE("the watchdog is fed twice as often as it asks, and only by the process that it watches") {
  ::setenv("WATCHDOG_USEC", "30000000", 1);
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  CHECK(Notify::from_environment().interval() == 15s);
  ::setenv("WATCHDOG_PID", "1", 1);
  CHECK_FALSE(Notify::from_environment().interval());
  ::unsetenv("WATCHDOG_PID");
  ::setenv("WATCHDOG_USEC", "soon", 1);
  CHECK_FALSE(Notify::from_environment().interval());
  ::unsetenv("WATCHDOG_USEC");
}
