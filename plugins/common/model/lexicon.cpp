#include "model/lexicon.hpp"

#include <algorithm>
#include <array>

#include "model/hash.hpp"
#include "model/lexicon_words.hpp"

namespace earshot::model {

const WordLists& WordLists::of(LexiconName name) {
  static const std::array<WordLists, 3> all{WordLists(LexiconName::none), WordLists(LexiconName::emotion),
                                            WordLists(LexiconName::abuse)};
  return all[static_cast<std::size_t>(name)];
}

WordLists::WordLists(LexiconName name) {
  if (name == LexiconName::emotion) add(kAnger, 0), add(kJoy, 1), add(kOptimism, 2), add(kSadness, 3);
  if (name == LexiconName::abuse) add(kAbuse, 0);
}

void WordLists::add(std::string_view words, unsigned list) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find_first_of(" \n"), words.size());
    if (end > 0) lists_[hash(words.substr(0, end))] |= static_cast<std::uint8_t>(1U << list);
    words.remove_prefix(std::min(words.size(), end + 1));
  }
}

}  // namespace earshot::model
