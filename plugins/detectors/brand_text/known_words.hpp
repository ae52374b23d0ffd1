// known_words.hpp: words that are no misspelling of anything: those of the dictionary in the plugin (words/README.md
// says what it is), and those that the user adds. Constant once made; any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "brand_text/word_hash.hpp"

namespace earshot::brand_text {

class KnownWords {
 public:
  KnownWords();  // the dictionary alone

  // Folded. About one word in a hundred that nobody gave counts as known: it is a Bloom filter.
  void add(std::string_view word);
  bool has(std::string_view word) const { return has(word_hash(word)); }
  bool has(std::uint64_t hash) const {
    const std::uint64_t bits = bloom_bits(hash);
    return (words_[bloom_place(hash, words_.size() - 1)] & bits) == bits;
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace earshot::brand_text
