// events.hpp: the events that wait for one client, between the threads that push and the server's thread that sends.
// Any thread; may outlive the server.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "web/response.hpp"

namespace earshot::web {

class Events final : public EventStream {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 20;  // bytes that wait

  // `wake` is called under the lock when there is something to take; never after leave().
  explicit Events(std::function<void()> wake) : wake_(std::move(wake)) {}

  bool push(std::string_view event, std::string_view data) override {
    const std::lock_guard hold(lock_);
    if (!wake_) return false;
    if (waiting_.size() + event.size() + data.size() > kMost) {
      ++dropped_;
      return true;
    }
    if (dropped_ > 0) add("dropped", std::to_string(std::exchange(dropped_, 0)));
    add(event, data);
    wake_();
    return true;
  }

  // Moves what waits into `out`. [the server's thread]
  void take(std::string& out) {
    const std::lock_guard hold(lock_);
    out.clear();
    out.swap(waiting_);
  }

  void leave() {
    const std::lock_guard hold(lock_);
    wake_ = nullptr;
    waiting_ = {};
  }

 private:
  void add(std::string_view event, std::string_view data) {
    waiting_.append("event: ").append(event).append("\ndata: ").append(data).append("\n\n");
  }

  std::mutex lock_;
  std::function<void()> wake_;
  std::string waiting_;
  std::uint64_t dropped_ = 0;
};

}  // namespace earshot::web
