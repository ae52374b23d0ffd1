// lexicon.hpp: lists of English words, written for this project, that help a model learned from a few thousand texts
// with words that it never saw: what people say when they feel something, what they call those whom they abuse,
// and how they speak to a company.
// Constant once made; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace earshot::model {

// Numbered as in model files, where it stands by its name.
enum class LexiconName : std::uint8_t { none, emotion, abuse, service };
inline constexpr std::string_view kLexiconNames[] = {"none", "emotion", "abuse", "service"};
class WordLists {
 public:
  // Those of a lexicon; none has no words.
  static const WordLists& of(LexiconName name);

  // Bit i: the token of this hash stands in list i. At most kMost lists.
  static constexpr unsigned kMost = 4;
  unsigned lists_with(std::uint64_t token_hash) const {
    for (std::size_t at = token_hash & mask_;; at = (at + 1) & mask_) {
      const Slot& slot = slots_[at];
      if (slot.lists == 0 || slot.hash == static_cast<std::uint32_t>(token_hash >> 32)) return slot.lists;
    }
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint8_t lists = 0;  // none: the slot is free
  };
  explicit WordLists(LexiconName name);
  void add(std::string_view words, unsigned list);

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;  // few slots, so that they stay in the cache
};

}  // namespace earshot::model
