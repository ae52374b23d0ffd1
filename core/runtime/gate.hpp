// gate.hpp: stands before whatever must see batches in their order. Nobody waits at it: who comes too early leaves the
// batch here, and whoever is inside goes on with it. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>

namespace earshot::host {

template <class Item>
class Gate {
 public:
  explicit Gate(std::uint64_t first = 0) : next_(first) {}

  // True: `number` is next, and the caller is inside until it calls leave(). False: `item` was taken.
  bool enter(std::uint64_t number, Item& item) {
    const std::lock_guard lock(mutex_);
    if (number == next_ && !busy_) return busy_ = true;
    early_.emplace(number, std::move(item));
    return false;
  }
  // The caller is done. Where the next one is here already, it is handed out, and counts as inside.
  std::optional<Item> leave() {
    const std::lock_guard lock(mutex_);
    ++next_;
    const auto here = early_.find(next_);
    busy_ = here != early_.end();
    if (!busy_) return std::nullopt;
    std::optional<Item> item(std::move(here->second));
    early_.erase(here);
    return item;
  }

 private:
  std::mutex mutex_;
  std::uint64_t next_;
  bool busy_ = false;
  std::map<std::uint64_t, Item> early_;
};

}  // namespace earshot::host
