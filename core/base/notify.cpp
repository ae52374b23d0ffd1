#include "base/notify.hpp"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <utility>

#include "base/utf8.hpp"

namespace earshot::host {
namespace {

std::optional<std::int64_t> number(const char* text) {
  std::int64_t value = 0;
  if (text == nullptr) return {};
  const char* end = text + std::strlen(text);
  const auto read = std::from_chars(text, end, value);
  if (read.ec != std::errc{} || read.ptr != end) return {};
  return value;
}

}  // namespace

Notify::Notify(std::string socket, std::optional<std::chrono::microseconds> watchdog) : socket_(std::move(socket)) {
  if (watchdog && watchdog->count() > 0) interval_ = *watchdog / 2;
  if (socket_.empty() || (socket_[0] != '/' && socket_[0] != '@')) return;
  if (socket_.size() >= sizeof(sockaddr_un::sun_path)) return;
  fd_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  // A full queue is waited for, since a lost READY=1 would fail the start, but not for ever.
  const timeval patience{1, 0};
  if (fd_ >= 0) (void)::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

Notify Notify::from_environment() {
  const char* socket = std::getenv("NOTIFY_SOCKET");
  std::optional<std::chrono::microseconds> watchdog;
  const auto pid = number(std::getenv("WATCHDOG_PID"));
  if (const auto usec = number(std::getenv("WATCHDOG_USEC")); usec && (!pid || *pid == ::getpid()))
    watchdog = std::chrono::microseconds(*usec);
  return Notify(socket == nullptr ? "" : socket, watchdog);
}

Notify::Notify(Notify&& other) noexcept
    : socket_(std::move(other.socket_)), fd_(std::exchange(other.fd_, -1)), interval_(other.interval_) {}

Notify::~Notify() {
  if (fd_ >= 0) ::close(fd_);
}

void Notify::ready() const {
  send("READY=1");
}

void Notify::reloading() const {
  // systemd wants the monotonic time in the same message, to tell this reload from an earlier one.
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  const std::int64_t usec = std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000;
  send("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(usec));
}

void Notify::stopping() const {
  send("STOPPING=1");
}

void Notify::status(std::string_view line) const {
  std::string message = "STATUS=";
  append_visible(message, line.substr(0, 1024));  // a line break would begin another assignment
  send(message);
}

void Notify::alive() const {
  send("WATCHDOG=1");
}

void Notify::send(std::string_view message) const {
  if (fd_ < 0) return;
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, socket_.data(), socket_.size());
  if (to.sun_path[0] == '@') to.sun_path[0] = '\0';
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  // Nothing can be done where this fails: the service manager then goes by its time limits.
  (void)::sendto(fd_, message.data(), message.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&to), size);
}

}  // namespace earshot::host
