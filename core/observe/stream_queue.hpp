// stream_queue.hpp: the lines that wait for one client of a stream, between the threads that push and the door's
// thread that sends. It may outlive the door. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <utility>

#include "observe/door.hpp"

namespace earshot::host {

class StreamQueue final : public Stream {
 public:
  // `wake` is called under the lock when there is something to take and nobody is sending; never after leave().
  explicit StreamQueue(std::function<void()> wake) : wake_(std::move(wake)) {}

  bool push(std::string_view line) override {
    const std::lock_guard hold(lock_);
    if (!wake_ || ending_) return false;
    if (waiting_.size() + line.size() + 1 > kQueue) {
      ++dropped_;
      return true;
    }
    tell_dropped();
    waiting_.append(line).append("\n");
    wake();
    return true;
  }

  void end() override {
    const std::lock_guard hold(lock_);
    ending_ = true;
    if (wake_) wake();
  }

  void when_gone(std::function<void()> gone) override {
    {
      const std::lock_guard hold(lock_);
      if (wake_) {
        gone_ = std::move(gone);
        return;
      }
    }
    gone();
  }

  // ---- the door's side

  // Moves what waits into `out`. Empty afterwards: nothing waits, and `wake` tells when that changes; or, if it
  // returns true, the stream has ended.
  bool take(std::string& out) {
    const std::lock_guard hold(lock_);
    out.clear();
    if (ending_) tell_dropped();
    out.swap(waiting_);
    sending_ = !out.empty();
    return out.empty() && ending_;
  }

  void leave() {
    std::function<void()> gone;
    {
      const std::lock_guard hold(lock_);
      wake_ = nullptr;
      waiting_ = {};
      gone.swap(gone_);
    }
    if (gone) gone();
  }

 private:
  void wake() {
    if (!std::exchange(sending_, true)) wake_();
  }

  void tell_dropped() {
    if (dropped_ == 0) return;
    waiting_ += "{\"dropped\":" + std::to_string(dropped_) + "}\n";
    dropped_ = 0;
  }

  std::mutex lock_;
  std::function<void()> wake_;
  std::function<void()> gone_;
  std::string waiting_;
  std::uint64_t dropped_ = 0;
  bool ending_ = false;
  bool sending_ = true;  // until the header is out
};

}  // namespace earshot::host
