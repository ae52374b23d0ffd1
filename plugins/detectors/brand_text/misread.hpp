// misread.hpp: names as a machine misreads them in a picture: 0 for O, l or | for I, rn for m, a space too many. Only
// for text that was read, never for text that was typed. Constant once loaded; any thread. A Scratch is one worker's.
//
// Both sides are brought to a form in which what is mistaken for each other is the same, and what becomes equal is
// compared letter by letter.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "brand_text/model.hpp"
#include "text/fold.hpp"

namespace earshot::brand_text {

class Misread {
 public:
  // The names of a model's items; before it is used, and once. The model must be complete, words of the user's added.
  void load(const std::vector<WatchItem>& items, std::shared_ptr<const Model> model);

  struct Found {
    text::Range range;  // bytes of the text
    std::uint32_t item;
    std::string_view id, written;  // the item, and its name as the watchlist has it
    double score;
  };
  struct Scratch {
    text::FoldedTexts folded;
    std::vector<text::Range> words;  // in the folded bytes
    std::string joined, key;
    std::vector<Found> found;
  };
  // Names in `text` that are written otherwise, by place; none overlaps another or one of `taken`. Valid until the
  // scratch is used again.
  std::span<const Found> find(std::string_view text, std::span<const text::Range> taken, Scratch& scratch) const;

 private:
  struct Name {
    std::uint32_t item;
    std::string id, written, folded;
    std::size_t words;  // of the name
  };
  void make_key(std::string_view folded, std::string& to) const;
  // The wrong letters; more than may be: none is a misreading of the name.
  unsigned errors(std::string_view read, std::size_t words, const Name& name) const;
  bool is_ordinary(std::string_view folded) const;
  void look_up(std::string_view text, std::size_t first, std::size_t count, Scratch& scratch) const;

  std::shared_ptr<const Model> model_;
  std::vector<Name> names_;
  std::unordered_multimap<std::string, std::uint32_t> by_key_;
  std::size_t most_words_ = 0, longest_ = 0;  // of a name
};

}  // namespace earshot::brand_text
