#include "model/quantise.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace earshot::model {

std::vector<std::int8_t> quantised(std::span<const double> weights, std::span<const Output> outputs,
                                   std::size_t most_features) {
  const std::size_t count = outputs.size(), buckets = weights.size() / count, stride = Model::stride_for(count);
  std::vector<double> strength(buckets);
  for (std::size_t i = 0; i < weights.size(); ++i)
    strength[i / count] = std::max(strength[i / count], std::abs(weights[i]));
  double least = 0;
  if (most_features < buckets) {
    std::vector<double> sorted = strength;
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(most_features), sorted.end(),
                     std::greater<>());
    least = sorted[most_features];
  }
  std::vector<std::int8_t> bytes(buckets * stride);
  for (std::size_t b = 0; b < buckets; ++b) {
    if (strength[b] <= least) continue;
    for (std::size_t o = 0; o < count; ++o) {
      const double weight = weights[b * count + o];
      const double q = std::round(std::sqrt(std::abs(weight) / static_cast<double>(outputs[o].scale)));
      bytes[b * stride + o] = static_cast<std::int8_t>(std::copysign(std::min(q, 127.0), weight));
    }
  }
  return bytes;
}

}  // namespace earshot::model
