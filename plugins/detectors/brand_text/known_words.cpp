#include "brand_text/known_words.hpp"

#include <cstring>

#include "model/embedded.hpp"

EARSHOT_EMBED(words)

namespace earshot::brand_text {

KnownWords::KnownWords() : words_(embedded_words().size() / sizeof(std::uint64_t)) {
  std::memcpy(words_.data(), embedded_words().data(), words_.size() * sizeof(std::uint64_t));
}

void KnownWords::add(std::string_view word) {
  const std::uint64_t hash = word_hash(word);
  words_[bloom_place(hash, words_.size() - 1)] |= bloom_bits(hash);
}

}  // namespace earshot::brand_text
