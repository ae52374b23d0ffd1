// backoff.hpp: how long to wait before the next try: doubled each time up to a bound, with full jitter (Brooker 2015),
// so that many components that failed together do not come back together. One thread.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>

namespace earshot::host {

class Backoff {
 public:
  using Duration = std::chrono::nanoseconds;
  explicit Backoff(Duration first = std::chrono::milliseconds{100}, Duration most = std::chrono::seconds{60},
                   std::uint64_t seed = 0)
      : first_(first), most_(most), seed_(seed) {}

  // `asked`: what the component wants; 0: nothing.
  Duration next(Duration asked = {}) {
    const Duration bound = std::min(most_, first_ * (std::int64_t{1} << std::min(tries_, 20)));
    ++tries_;
    if (asked.count() > 0) return asked;
    // Seeded with the first failure: most calls never need it, and asking the system is not free.
    if (tries_ == 1)
      random_.seed(static_cast<std::minstd_rand::result_type>(seed_ != 0 ? seed_ : std::random_device{}()));
    return Duration{std::uniform_int_distribution<std::int64_t>(bound.count() / 2, bound.count())(random_)};
  }
  void reset() { tries_ = 0; }
  int tries() const { return tries_; }

 private:
  Duration first_, most_;
  std::uint64_t seed_;
  int tries_ = 0;
  std::minstd_rand random_;
};

}  // namespace earshot::host
