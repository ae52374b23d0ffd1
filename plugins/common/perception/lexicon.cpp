#include "perception/lexicon.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "perception/polarity_words.hpp"

namespace earshot::perception {
namespace {

template <class Do>
void each_word(std::string_view list, Do&& what) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find_first_of(" \n"), list.size());
    if (end > 0) what(list.substr(0, end));
    list.remove_prefix(std::min(list.size(), end + 1));
  }
}

}  // namespace

const Lexicon& Lexicon::shared() {
  static const Lexicon lexicon;
  return lexicon;
}

Lexicon::Lexicon() : slots_(1 << 15), mask_(slots_.size() - 1) {
  // What is written out has it before what is derived.
  each_word(kPraise, [&](std::string_view word) { add(word, 1); });
  each_word(kBlame, [&](std::string_view word) { add(word, -1); });
  each_word(kPraise, [&](std::string_view word) { add_forms(word, 1); });
  each_word(kBlame, [&](std::string_view word) { add_forms(word, -1); });
}

void Lexicon::add(std::string_view word, int polarity) {
  const std::uint64_t hash = model::hash(word);
  for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
    Slot& slot = slots_[at];
    if (slot.polarity != 0 && slot.hash != static_cast<std::uint32_t>(hash >> 32)) continue;
    if (slot.polarity == 0) slot = {static_cast<std::uint32_t>(hash >> 32), static_cast<std::int8_t>(polarity)};
    return;
  }
}

void Lexicon::add_forms(std::string_view word, int polarity) {
  const auto with = [&](std::string_view stem, std::initializer_list<std::string_view> endings) {
    for (const std::string_view ending : endings) add(std::string(stem).append(ending), polarity);
  };
  const std::string_view stem = word.substr(0, word.size() - 1);
  if (word.ends_with('e')) {
    with(word, {"s", "d", "ly"}), with(stem, {"ing", "in"});
  } else if (word.ends_with('y')) {
    with(stem, {"ies", "ied", "ier", "iest", "ily", "iness"}), with(word, {"s", "ing"});
  } else if (word.size() > 3) {
    with(word, {"s", "es", "ed", "ing", "in", "ly", "er", "ness"});
  } else {
    with(word, {"s"});
  }
}

}  // namespace earshot::perception
