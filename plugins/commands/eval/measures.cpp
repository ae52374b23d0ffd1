#include "measures.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "share/share.hpp"

namespace earshot::eval {

double f1(double precision, double recall) {
  if (std::isnan(precision) || std::isnan(recall)) return kUndefined;
  return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

Interval wilson(double hits, double of) {
  if (of <= 0) return {};
  constexpr double z = 1.959963984540054;
  const double p = hits / of, scale = 1 + z * z / of;
  const double middle = (p + z * z / (2 * of)) / scale;
  const double half = z / scale * std::sqrt(p * (1 - p) / of + z * z / (4 * of * of));
  return {hits > 0 ? middle - half : 0, hits < of ? middle + half : 1};
}

double divergence(std::span<const double> truly, std::span<const double> said) {
  const double all_truly = std::accumulate(truly.begin(), truly.end(), 0.0);
  const double all_said = std::accumulate(said.begin(), said.end(), 0.0);
  if (all_truly <= 0 || all_said <= 0) return kUndefined;
  std::vector<double> p, q;
  for (std::size_t i = 0; i < truly.size(); ++i) p.push_back(truly[i] / all_truly), q.push_back(said[i] / all_said);
  return std::max(0.0, share::divergence(p, q, all_truly));  // 0 but for rounding
}

double mcnemar(double only_first, double only_second) {
  const double n = only_first + only_second, most = std::max(only_first, only_second);
  if (n <= 0) return 1;
  double tail = 0;
  for (auto i = static_cast<std::uint64_t>(most); i <= static_cast<std::uint64_t>(n); ++i) {
    const auto k = static_cast<double>(i);
    tail += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) - n * std::log(2.0));
  }
  return std::min(1.0, 2 * tail);
}

std::vector<PairCounts> pairs(std::span<const std::uint32_t> truly, std::span<const std::uint32_t> said) {
  std::map<std::uint32_t, double> in_truly, in_said;
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> in_both;
  for (std::size_t i = 0; i < truly.size(); ++i)
    ++in_truly[truly[i]], ++in_said[said[i]], ++in_both[{truly[i], said[i]}];
  std::vector<PairCounts> out;
  for (std::size_t i = 0; i < truly.size(); ++i)
    out.push_back({in_both[{truly[i], said[i]}] - 1, in_said[said[i]] - 1, in_truly[truly[i]] - 1});
  return out;
}

}  // namespace earshot::eval
