#include "duplicates/likeness.hpp"

#include <algorithm>
#include <cmath>

namespace earshot::duplicates {

Overlap overlap(const sketch::Reader& a, std::span<const std::uint16_t> b, std::uint16_t cut,
                const sketch::Rarity& rarity) {
  const std::uint16_t limit = std::min(a.cut(), cut);
  float in_a = 0, in_b = 0, shared = 0;
  for (const std::uint16_t trigram : a.trigrams()) {
    if (trigram > limit) break;
    in_a += rarity.of(trigram);
  }
  for (const std::uint16_t trigram : b) {
    if (trigram > limit) break;
    const float weight = rarity.of(trigram);
    in_b += weight;
    shared += a.has(trigram) ? weight : 0.0f;
  }
  const float least = std::min(in_a, in_b);
  if (!(least > 0)) return {};
  return {shared / (in_a + in_b - shared), shared / least, std::min(a.trigrams().size(), b.size()),
          std::max(a.trigrams().size(), b.size())};
}

float likeness(const Overlap& o) {
  if (o.shorter == 0) return 0;
  const float sum = -3.2f + 10.0f * o.of_both + 1.6f * o.of_shorter +
                    1.09f * std::log1p(static_cast<float>(o.shorter)) - 0.96f * std::log1p(static_cast<float>(o.longer));
  return 1 / (1 + std::exp(-sum));
}

}  // namespace earshot::duplicates
