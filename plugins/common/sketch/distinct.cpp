#include "sketch/distinct.hpp"

#include <algorithm>

namespace earshot::sketch {

void Distinct::add(std::uint32_t number) {
  const auto at = std::lower_bound(lowest_.begin(), lowest_.end(), number);
  if (at != lowest_.end() && *at == number) return;
  if (lowest_.size() >= kMost && at == lowest_.end()) return;
  lowest_.insert(at, number);
  if (lowest_.size() > kMost) lowest_.pop_back();
}

// The k-th lowest of n even numbers stands at k / n.
double Distinct::count() const {
  if (lowest_.size() < kMost) return static_cast<double>(lowest_.size());
  return static_cast<double>(kMost - 1) * 4294967296.0 / (static_cast<double>(lowest_.back()) + 1);
}

double Distinct::overlap(const Distinct& other) const {
  const auto &a = lowest_, &b = other.lowest_;
  if (a.empty() || b.empty()) return 0;
  // Of a set that is not whole only what lies up to its last is comparable.
  const std::uint32_t end =
      std::min(a.size() < kMost ? UINT32_MAX : a.back(), b.size() < kMost ? UINT32_MAX : b.back());
  std::size_t common = 0, in_a = 0, in_b = 0;
  for (const std::uint32_t n : a) {
    if (n > end) break;
    ++in_a;
    common += std::binary_search(b.begin(), b.end(), n) ? 1u : 0u;
  }
  for (const std::uint32_t n : b) in_b += n <= end ? 1u : 0u;
  const std::size_t smaller = std::min(in_a, in_b);
  return smaller == 0 ? 0 : static_cast<double>(common) / static_cast<double>(smaller);
}

void Distinct::save(state::BytesOut& out) const {
  out.number(lowest_.size());
  for (const std::uint32_t n : lowest_) out.number(n);
}

void Distinct::load(state::BytesIn& in) {
  lowest_.resize(in.count());
  for (std::uint32_t& n : lowest_) n = static_cast<std::uint32_t>(in.number());
}

}  // namespace earshot::sketch
