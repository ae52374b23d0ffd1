#include "model/lexicon.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "model/hash.hpp"
#include "model/lexicon_words.hpp"

namespace earshot::model {

const WordLists& WordLists::of(LexiconName name) {
  static const std::array<WordLists, std::size(kLexiconNames)> all{
      WordLists(LexiconName::none), WordLists(LexiconName::emotion), WordLists(LexiconName::abuse),
      WordLists(LexiconName::service)};
  return all[static_cast<std::size_t>(name)];
}

WordLists::WordLists(LexiconName name) : slots_(name == LexiconName::none ? 1 : 1 << 13), mask_(slots_.size() - 1) {
  if (name == LexiconName::emotion) add(kAnger, 0), add(kJoy, 1), add(kOptimism, 2), add(kSadness, 3);
  if (name == LexiconName::abuse) add(kAbuse, 0);
  if (name == LexiconName::service)
    add(kGoesWrong, kGoesWrongList), add(kRequests, kRequestsList), add(kThanks, kThanksList);
}

void WordLists::add(std::string_view words, unsigned list) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find_first_of(" \n"), words.size());
    if (end > 0) {
      const std::uint64_t key = hash(words.substr(0, end));
      std::size_t at = key & mask_;
      while (slots_[at].lists != 0 && slots_[at].hash != static_cast<std::uint32_t>(key >> 32)) at = (at + 1) & mask_;
      slots_[at].hash = static_cast<std::uint32_t>(key >> 32);
      slots_[at].lists |= static_cast<std::uint8_t>(1U << list);
    }
    words.remove_prefix(std::min(words.size(), end + 1));
  }
}

}  // namespace earshot::model
