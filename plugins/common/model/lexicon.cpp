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

WordLists::WordLists(LexiconName name) {
  std::vector<std::string_view> lists;
  if (name == LexiconName::emotion) lists = {kAnger, kJoy, kOptimism, kSadness};
  if (name == LexiconName::abuse) lists = {kAbuse};
  if (name == LexiconName::service) lists = {kGoesWrong, kRequests, kThanks};
  std::size_t words = 0;
  for (const std::string_view list : lists)
    words +=
        static_cast<std::size_t>(std::count_if(list.begin(), list.end(), [](char c) { return c == ' ' || c == '\n'; }));
  std::size_t slots = 1;
  while (slots < 4 * words) slots *= 2;
  slots_.resize(slots), mask_ = slots - 1;
  for (unsigned i = 0; i < lists.size(); ++i) add(lists[i], i);
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
