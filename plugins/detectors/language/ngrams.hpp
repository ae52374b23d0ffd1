// ngrams.hpp: the features of the model: within each word, with a space before and behind, all runs of two to five
// letters, and the word as a whole. Part of the model file's format. A free function; any thread.
#pragma once

#include <cstdint>
#include <span>

namespace earshot::language {

inline constexpr int longest_ngram = 5;

inline std::uint64_t mixed(std::uint64_t hash) {  // the finaliser of MurmurHash3 (Appleby), halved
  hash ^= hash >> 32;
  hash *= 0xd6e8feb86659fd93ULL;
  return hash ^ hash >> 32;
}

// Calls `each(key, length)` for every feature; length is 0 for a whole word.
template <class Each>
void ngrams(std::span<const char16_t> letters, Each&& each) {
  constexpr std::uint64_t prime = 0x9e3779b97f4a7c15ULL;
  std::size_t word = 0;  // where the word began, at its space
  for (std::size_t i = 0; i + 1 < letters.size(); ++i) {
    if (letters[i] == u' ') word = i;
    std::uint64_t hash = 0x100001b3;
    for (int n = 1; n <= longest_ngram && i + static_cast<std::size_t>(n) <= letters.size(); ++n) {
      const char16_t c = letters[i + static_cast<std::size_t>(n) - 1];
      hash = (hash + c + 1) * prime;
      if (n == 1) continue;
      each(static_cast<std::uint32_t>(mixed(hash) >> 16), n);
      if (c == u' ') break;  // the end of the word
    }
    if (letters[i + 1] == u' ' && i - word > 3) {  // a word of more than three letters is longer than its n-grams
      std::uint64_t whole = 0x811c9dc5;
      for (std::size_t k = word + 1; k <= i; ++k) whole = (whole + letters[k] + 1) * prime;
      each(static_cast<std::uint32_t>(mixed(whole) >> 16), 0);
    }
  }
}

}  // namespace earshot::language
