#include "http/pool.hpp"

#include <algorithm>
#include <new>

namespace earshot::http {

Easy Pool::take(const std::string& origin) {
  {
    const std::lock_guard lock(mutex_);
    const auto known =
        std::find_if(idle_.rbegin(), idle_.rend(), [&](const Idle& idle) { return idle.origin == origin; });
    if (known != idle_.rend()) {
      Easy easy = std::move(known->easy);
      idle_.erase(std::next(known).base());
      return easy;
    }
  }
  Easy easy(curl_easy_init());
  if (!easy) throw std::bad_alloc();
  return easy;
}

void Pool::give(Easy easy, std::string origin) {
  curl_easy_reset(easy.get());  // its connections stay
  const std::lock_guard lock(mutex_);
  if (idle_.size() >= kMost) idle_.erase(idle_.begin());
  idle_.push_back({std::move(easy), std::move(origin)});
}

}  // namespace earshot::http
