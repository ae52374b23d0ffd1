#include "duplicates/likeness.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace earshot::duplicates {
namespace {

// Is there a number among these that the others are not?
bool has_other(std::span<const std::uint16_t> these, std::span<const std::uint16_t> others) {
  return std::any_of(these.begin(), these.end(), [&](std::uint16_t number) {
    return std::find(others.begin(), others.end(), number) == others.end();
  });
}

}  // namespace

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

Overlap Comparison::with(std::span<const std::uint16_t> other, std::uint16_t cut,
                         std::span<const std::uint16_t> numbers) const {
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
  if (!(mine > 0 && theirs > 0)) return {};
  return {shared / (mine + theirs - shared),
          has_other(text_.numbers(), numbers) && has_other(numbers, text_.numbers())};
}

Features features(const Overlap& o) {
  return {1, o.of_both, o.other_numbers ? 1.0f : 0.0f};
}

float Likeness::log_odds(const Overlap& overlap) const {
  const Features f = features(overlap);
  return std::inner_product(f.begin(), f.end(), weights.begin(), 0.0f);
}

}  // namespace earshot::duplicates
