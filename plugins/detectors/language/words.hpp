// words.hpp: the words of a text that tell its language: links, addresses and handles are left out, a hashtag loses its
// sign, everything is in lower case, and what is no letter parts words. A Words belongs to one thread and keeps its
// memory for the next text.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "language/letters.hpp"

namespace earshot::language {

class Words {
 public:
  // More letters than these add nothing: a language shows itself in a few lines.
  static constexpr std::size_t most_letters = 600;
  // A longer word goes on as another one, so that no run of letters is all of a text.
  static constexpr std::size_t longest_word = 30;
  // A text whose first bytes hold no letter, as a long drawing, is not read to its end.
  static constexpr std::size_t most_bytes = 1 << 14;

  void read(std::string_view text) { clear(), add(text); }
  void clear();
  void add(std::string_view text);

  // All words behind one another, a space before and after each.
  std::span<const char16_t> letters() const { return letters_; }
  std::uint32_t count(Script script) const { return scripts_[static_cast<std::size_t>(script)]; }
  std::uint32_t letter_count() const { return letter_count_; }
  std::uint32_t word_count() const { return word_count_; }
  std::uint32_t names() const { return names_; }  // words that begin with a capital and go on in lower case
  Script main_script() const;

 private:
  void take(std::string_view token);

  const Letters& table_ = Letters::shared();
  std::vector<char16_t> letters_;
  std::array<std::uint32_t, script_count> scripts_{};
  std::uint32_t letter_count_ = 0, word_count_ = 0, names_ = 0;
};

}  // namespace earshot::language
