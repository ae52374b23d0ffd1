// notify.hpp: tells systemd how the service is doing, over the datagram socket that it names. Without one, every call
// does nothing. Any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace earshot::host {

class Notify {
 public:
  // `socket`: a path, or a name with '@' before it in the abstract space; empty: nobody listens.
  explicit Notify(std::string socket, std::optional<std::chrono::microseconds> watchdog = {});
  // Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID.
  static Notify from_environment();

  Notify(const Notify&) = delete;
  Notify& operator=(const Notify&) = delete;
  Notify(Notify&& other) noexcept;
  ~Notify();

  void ready() const;
  void reloading() const;  // then ready() again
  void stopping() const;
  void status(std::string_view line) const;  // one line, shown by `systemctl status`
  void alive() const;                        // feeds the watchdog
  // How often alive() must be called: half of what the service manager allows. Nothing: no watchdog.
  std::optional<std::chrono::microseconds> interval() const { return interval_; }

 private:
  void send(std::string_view message) const;

  std::string socket_;
  int fd_ = -1;
  std::optional<std::chrono::microseconds> interval_;
};

}  // namespace earshot::host
