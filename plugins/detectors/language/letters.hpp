// letters.hpp: of each code point its script and its lower-case form, in a table of one look-up. Made once from ICU's
// properties, constant after: any thread.
#pragma once

#include <cstdint>
#include <vector>

namespace earshot::language {

// The scripts that are told apart. `common` is no letter: it parts words.
enum class Script : std::uint8_t {
  common,
  latin,
  cyrillic,
  arabic,
  devanagari,
  han,
  kana,
  hangul,
  hebrew,
  greek,
  armenian,
  georgian,
  bengali,
  gujarati,
  gurmukhi,
  tamil,
  telugu,
  kannada,
  malayalam,
  sinhala,
  oriya,
  thai,
  lao,
  khmer,
  burmese,
  tibetan,
  ethiopic,
  thaana,
  other  // a letter of a script that no language stands for here
};
inline constexpr int script_count = static_cast<int>(Script::other) + 1;

struct Letter {
  Script script = Script::common;
  bool upper = false;
  char16_t lower = 0;
};

class Letters {
 public:
  Letters();
  Letter of(char32_t c) const { return c < table_.size() ? table_[c] : beyond(c); }
  static const Letters& shared();  // immutable, made at its first use

 private:
  static Letter beyond(char32_t c);
  std::vector<Letter> table_;  // of the basic multilingual plane
};

}  // namespace earshot::language
