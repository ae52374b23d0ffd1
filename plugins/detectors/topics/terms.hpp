// terms.hpp: what a post is about, as weighted terms: its words by their stems and its pairs of words, rare ones
// counting more; of length 1. A Terms belongs to one thread and keeps its memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "phrases/phrases.hpp"
#include "sketch/rarity.hpp"

namespace earshot::topics {

struct Term {
  std::uint64_t hash = 0;
  float weight = 0;
  std::uint32_t phrase = 0;  // its first place in the text
};

class Terms {
 public:
  void clear() { phrases_.clear(), terms_.clear(); }
  void read(std::string_view text) { phrases_.read(text, kMostBytes); }
  // Behind the last text. `rarity` tells how rare a term is.
  void finish(const sketch::Rarity& rarity);

  const std::vector<Term>& all() const { return terms_; }  // by hash, each once
  const std::vector<std::uint16_t>& features() const { return features_; }
  std::string text(const Term& term) const { return phrases_.normal((*found_)[term.phrase]); }

  static constexpr std::size_t kMostBytes = 4096;  // of one segment
  static constexpr std::size_t kMostTerms = 40;    // the weightiest

 private:
  phrases::Phrases phrases_;
  const std::vector<phrases::Phrase>* found_ = nullptr;
  std::vector<Term> terms_;
  std::vector<std::uint16_t> features_;
};

}  // namespace earshot::topics
