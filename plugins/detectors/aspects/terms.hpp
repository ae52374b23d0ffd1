// terms.hpp: the words by which people speak of an aspect, as "waiter" of the staff, and where they stand in a text. A
// Terms is constant once made: any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/tokens.hpp"

namespace earshot::aspects {

struct Named {
  std::uint32_t aspect = 0;         // number of the aspect's name
  std::size_t first = 0, last = 0;  // tokens, `last` included
};

class Terms {
 public:
  // Adds phrases of up to four words for an aspect, separated by commas.
  void add(std::string_view aspect, std::string_view phrases);
  // Those that ship: English words for what is said most of products, shops and services.
  void add_common();

  const std::string& name(std::uint32_t aspect) const { return names_[aspect]; }
  bool empty() const { return phrases_.empty(); }
  // Every term among the tokens, the longest first where they overlap, at most `most`.
  void find(const model::Tokens& tokens, std::size_t most, std::vector<Named>& to) const;

 private:
  static constexpr std::size_t kLongest = 4;  // words of a phrase
  struct Phrase {
    std::uint32_t aspect = 0;
    bool whole = false;  // else only a longer phrase begins so
  };

  std::vector<std::string> names_;
  std::unordered_map<std::uint64_t, Phrase> phrases_;  // by the hash of their words in a row
};

}  // namespace earshot::aspects
