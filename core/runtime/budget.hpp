// budget.hpp: how many bytes a pipeline may hold at once. Charged at the sources alone and given back when
// the last sink is done with a batch, so that no join can wait on it. Any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace earshot::host {

class Budget {
 public:
  explicit Budget(std::size_t bytes) : bytes_(bytes) {}

  // Waits for room. False: closed meanwhile. A batch larger than everything passes alone.
  bool take(std::size_t bytes) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return closed_ || fits(bytes); });
    if (!closed_) charge(bytes);
    return !closed_;
  }
  bool try_take(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    if (!fits(bytes)) return false;
    charge(bytes);
    return true;
  }
  // Also where there is no room: barriers, and dead letters that come back.
  void force(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    charge(bytes);
  }
  void give_back(std::size_t bytes) {
    {
      const std::lock_guard lock(mutex_);
      used_bytes_ -= bytes, --used_batches_;
    }
    room_.notify_all();
  }
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    room_.notify_all();
  }
  void open() {
    const std::lock_guard lock(mutex_);
    closed_ = false;
  }
  // Until nothing is held. False: not within `limit`.
  bool wait_empty(std::chrono::nanoseconds limit) {
    std::unique_lock lock(mutex_);
    return room_.wait_for(lock, limit, [&] { return used_batches_ == 0; });
  }
  std::size_t bytes() const {
    const std::lock_guard lock(mutex_);
    return used_bytes_;
  }
  std::size_t batches() const {
    const std::lock_guard lock(mutex_);
    return used_batches_;
  }

 private:
  bool fits(std::size_t bytes) const { return used_batches_ == 0 || used_bytes_ + bytes <= bytes_; }
  void charge(std::size_t bytes) { used_bytes_ += bytes, ++used_batches_; }

  mutable std::mutex mutex_;
  std::condition_variable room_;
  std::size_t bytes_, used_bytes_ = 0, used_batches_ = 0;
  bool closed_ = false;
};

}  // namespace earshot::host
