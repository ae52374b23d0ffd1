#include "media/turns.hpp"

#include <chrono>

#include "earshot/error.hpp"

namespace earshot::media {

Turns::Turn Turns::wait(const std::string& key, const std::function<bool()>& cancelled) {
  std::unique_lock hold(mutex_);
  while (!taken_.insert(key).second) {
    left_.wait_for(hold, std::chrono::milliseconds{50});
    if (cancelled()) throw earshot::cancelled();
  }
  return Turn(*this, key);
}

void Turns::leave(const std::string& key) {
  {
    const std::lock_guard hold(mutex_);
    taken_.erase(key);
  }
  left_.notify_all();
}

}  // namespace earshot::media
