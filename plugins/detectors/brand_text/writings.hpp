// writings.hpp: names as people write them, a word at a time: misspellings, letters repeated, letters that look like
// others. An index of the words of names; a folded word of a text is looked up in it. Constant once made; any thread.
//
// Misspellings: both sides are shortened by up to two letters, and what becomes equal is compared in full (deletion
// neighbourhoods: Mor and Fraenkel 1982; SymSpell), by optimal string alignment distance (Damerau 1964).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "brand_text/confusables.hpp"
#include "brand_text/known_words.hpp"
#include "brand_text/rule.hpp"
#include "brand_text/watch_items.hpp"

namespace earshot::brand_text {

// One word of a name, to be found in another writing while the words before and behind it are as they should be.
struct Form {
  std::uint32_t name;   // number of the name
  std::u32string word;  // folded
  std::string before;   // folded, with the space: "acme " for the "rockets" of "acme rockets"
  std::string behind;   // " rockets"
  std::string written;  // the word with its capitals, where it has as many letters as folded
  bool ordinary;        // a dictionary has the word too
  Writings allowed;
  std::uint64_t letters = 0;  // of the word, a bit each, as far as that tells them apart
};

// A word of a text that is a form in another writing.
struct Seen {
  const Form* form;
  Rule rule;
  double score;
};

class WritingsIndex {
 public:
  explicit WritingsIndex(KnownWords known) : known_(std::move(known)) {}

  // The words of one name, folded. Call seal() behind the last.
  void add(std::uint32_t name, std::string_view folded, std::string_view written, const Writings& allowed);
  void add_known(std::string_view word) { known_.add(word); }
  void seal();
  bool empty() const { return forms_.empty(); }
  const KnownWords& known() const { return known_; }
  const Confusables& confusables() const { return confusables_; }

  // One worker's memory.
  struct Scratch {
    std::u32string word, original, look;
    std::vector<Seen> seen;
  };
  // What forms a folded word, which is no known one, may stand for: the answer is in scratch.seen until the next call.
  void look_up(std::string_view word, Scratch& scratch) const;
  // Whether it is worth the while to ask besides for letters that look like others, and that question: of the same
  // word, as the text has it.
  bool may_look_alike(std::string_view word, Scratch& scratch) const;
  void look_alike(std::string_view original, Scratch& scratch) const;

 private:
  struct Slot {
    std::uint32_t tag, form;  // form + 1; 0: free
  };
  void add_form(Form form);
  void put(std::uint64_t key, std::size_t form) { keys_.push_back({key, static_cast<std::uint32_t>(form)}); }
  bool may_have(std::uint64_t key) const {
    const std::uint64_t bits = bloom_bits(key);
    return (bloom_[bloom_place(key, bloom_.size() - 1)] & bits) == bits;
  }
  template <class Use>
  void each_form(std::uint64_t key, Use&& use) const;
  template <class Use>
  static void each_deletion(std::u32string_view word, unsigned most, Use&& use);
  void add_misspellings(const Form& form, std::size_t number);
  bool is_plausible(std::u32string_view word, std::string_view text, const Form& form, unsigned apart) const;
  void misspellings(std::string_view text, Scratch& scratch) const;
  void elongations(Scratch& scratch) const;
  void see(Scratch& scratch, std::size_t form, Rule rule, double score) const;

  KnownWords known_;
  std::vector<Form> forms_;
  struct Key {
    std::uint64_t key;
    std::uint32_t form;
  };
  std::vector<Key> keys_;  // until sealed
  std::vector<Slot> slots_;
  std::vector<std::uint64_t> bloom_;
  bool misspelt_ = false, elongated_ = false, alike_ = false;  // what there is to look for
  // The lengths of words of which at most one letter, or two, must be left out to find a form; by their first letter.
  std::array<std::uint64_t, 32> one_wrong_{}, two_wrong_{};
  std::size_t most_letters_ = 0;  // of a form
  Confusables confusables_;
};

// The most edits that make a misspelling of a word of so many letters.
constexpr unsigned edits_for(std::size_t letters) {
  return letters < 5 ? 0 : letters < 9 ? 1 : 2;
}

}  // namespace earshot::brand_text
