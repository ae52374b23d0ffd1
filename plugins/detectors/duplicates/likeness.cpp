#include "duplicates/likeness.hpp"

#include <algorithm>
#include <cmath>

namespace earshot::duplicates {

Comparison::Comparison(const sketch::Reader& text, const sketch::Rarity& rarity)
    : text_(text), rarity_(rarity), weight_(weight(text.cut())) {}

float Comparison::weight(std::uint16_t limit) const {
  float sum = 0;
  for (const std::uint16_t trigram : text_.trigrams()) {
    if (trigram > limit) break;
    sum += rarity_.of(trigram);
  }
  return sum;
}

// The first are a random sample: where next to none of them is shared, the rest need not be looked at.
bool Comparison::is_far(std::span<const std::uint16_t> other) const {
  constexpr std::size_t kSample = 24;
  if (other.size() < 2 * kSample) return false;
  std::size_t shared = 0;
  for (const std::uint16_t trigram : other.first(kSample)) shared += text_.has(trigram) ? 1 : 0;
  return shared < 2;
}

Overlap Comparison::with(std::span<const std::uint16_t> other, std::uint16_t cut) const {
  if (is_far(other)) return {};
  const std::uint16_t limit = std::min(text_.cut(), cut);
  const float mine = limit == text_.cut() ? weight_ : weight(limit);
  float theirs = 0, shared = 0;
  for (const std::uint16_t trigram : other) {
    if (trigram > limit) break;
    const float weight = rarity_.of(trigram);
    theirs += weight;
    shared += text_.has(trigram) ? weight : 0.0f;
  }
  const float least = std::min(mine, theirs);
  if (!(least > 0)) return {};
  return {shared / (mine + theirs - shared), shared / least, std::min(text_.trigrams().size(), other.size()),
          std::max(text_.trigrams().size(), other.size())};
}

float likeness(const Overlap& o) {
  if (o.shorter == 0) return 0;
  const float sum = -3.2f + 10.0f * o.of_both + 1.6f * o.of_shorter +
                    1.09f * std::log1p(static_cast<float>(o.shorter)) -
                    0.96f * std::log1p(static_cast<float>(o.longer));
  return 1 / (1 + std::exp(-sum));
}

}  // namespace earshot::duplicates
