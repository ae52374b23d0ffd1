// keys.hpp: under which keys a post is found again, so that only a few posts are compared: its rarest pairs of words
// and words, and bands of its letter triples (one permutation hashing; Li, Owen, Zhang 2012), which also find what
// was misspelt on purpose. One instance for one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sketch/rarity.hpp"
#include "sketch/trigrams.hpp"

namespace earshot::duplicates {

inline constexpr std::size_t kPairs = 12, kWords = 6, kBands = 8;
inline constexpr std::size_t kMostKeys = kPairs + kWords + kBands;

struct Key {
  std::uint32_t hash = 0;
  float weight = 0;  // what a post has that shares it
  bool operator==(const Key& other) const { return hash == other.hash; }
};

class Keys {
 public:
  // Valid until the next call. `words` tells how rare the words are.
  std::span<const Key> of(const sketch::Reader& text, const sketch::Rarity& words);

  static std::uint16_t feature(std::uint32_t word) { return static_cast<std::uint16_t>(word >> 16); }

 private:
  void take(std::size_t most);

  std::vector<Key> keys_, some_;
};

}  // namespace earshot::duplicates
