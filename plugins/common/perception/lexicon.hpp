// lexicon.hpp: which English words praise and which blame, whatever is spoken of. Constant once made; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "model/hash.hpp"
#include "model/tokens.hpp"

namespace earshot::perception {

class Lexicon {
 public:
  static const Lexicon& shared();

  // 1: praises; -1: blames; 0: neither, or not known. Not turned round by a negation.
  int polarity(std::uint64_t token_hash) const {
    for (std::size_t at = token_hash & mask_;; at = (at + 1) & mask_) {
      const Slot& slot = slots_[at];
      if (slot.polarity == 0) return 0;
      if (slot.hash == static_cast<std::uint32_t>(token_hash >> 32)) return slot.polarity;
    }
  }
  // As the text has it: turned round behind a "not".
  int polarity(const model::Token& token) const {
    const int p = polarity(token.hash);
    return token.negated ? -p : p;
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::int8_t polarity = 0;
  };
  Lexicon();
  void add(std::string_view word, int polarity);
  void add_forms(std::string_view word, int polarity);

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
};

}  // namespace earshot::perception
