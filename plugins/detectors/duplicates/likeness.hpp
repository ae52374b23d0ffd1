// likeness.hpp: how sure it is that two texts are the same but for a few words. What they share of all their letter
// triples, the rare ones counting more, and whether each has a number that the other has not, go through a logistic
// function. Nothing in it grows with the number of posts that came. Its three numbers are fitted by
// tests/quality/duplicates/fit.cpp. Free functions; values.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "sketch/rarity.hpp"
#include "sketch/trigrams.hpp"

namespace earshot::duplicates {

struct Overlap {
  float of_both = 0;           // weighted Jaccard
  bool other_numbers = false;  // each has one that the other has not
};

// What one text is compared with, several times.
class Comparison {
 public:
  Comparison(const sketch::Reader& text, const sketch::Rarity& rarity);
  // With a text whose triples are given ascending, complete up to `cut`, and its numbers.
  Overlap with(std::span<const std::uint16_t> other, std::uint16_t cut, std::span<const std::uint16_t> numbers) const;

 private:
  bool is_far(std::span<const std::uint16_t> other) const;
  float weight(std::uint16_t limit) const;

  const sketch::Reader& text_;
  const sketch::Rarity& rarity_;
  float weight_;  // of all triples of the text
};

inline constexpr std::size_t kFeatures = 3;
using Features = std::array<float, kFeatures>;
Features features(const Overlap& overlap);  // the first is 1

struct Likeness {
  Features weights{};
  float log_odds(const Overlap& overlap) const;  // that they are the same
};

// From `fit_duplicates`; README.md has what it reaches on clusters that it was not fitted to.
inline constexpr Likeness kFitted{{-3.25F, 14.25F, -2.5F}};

}  // namespace earshot::duplicates
