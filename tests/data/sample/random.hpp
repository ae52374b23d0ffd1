// random.hpp: numbers that are the same on every machine: integers only, no library's distributions. SplitMix64.
#pragma once

#include <cstdint>
#include <vector>

namespace earshot::sample {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  // 0 … n-1; 0 where there is none.
  std::int64_t below(std::int64_t n) {
    const std::uint64_t number = next();
    return n < 1 ? 0 : static_cast<std::int64_t>(number % static_cast<std::uint64_t>(n));
  }
  std::int64_t between(std::int64_t low, std::int64_t high) { return low + below(high - low + 1); }
  bool percent(std::int64_t chance) { return below(100) < chance; }
  // 0 … n-1, small ones far more often.
  std::int64_t skewed(std::int64_t n) { return below(n) * below(n) / n; }

  template <class T>
  const T& pick(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(below(static_cast<std::int64_t>(all.size())))];
  }
  // The place of one of the weights, each as often as it weighs.
  template <class Weights>
  std::size_t weighted(const Weights& weights) {
    std::int64_t all = 0;
    for (const int weight : weights) all += weight;
    std::int64_t left = below(all);
    std::size_t place = 0;
    for (const int weight : weights) {
      if (left < weight) break;
      left -= weight;
      ++place;
    }
    return place;
  }

 private:
  std::uint64_t state_;
};

}  // namespace earshot::sample
