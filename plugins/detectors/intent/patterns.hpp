// patterns.hpp: wordings that say what somebody is about to do or wants, found in tokens of a text. Constant once made;
// any thread.
//
// A pattern is words in a row: `a|b` one of these, `_` any one word, `~` up to three words of the same clause, `?` the
// sentence ends with a question mark, `$` no word follows. `!` before a pattern: it holds behind and with a "not" too;
// without it no word of it may stand behind one.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/tokens.hpp"

namespace earshot::intent {

enum class Intent : std::uint8_t { asks, complains, buys, recommends, leaves };
inline constexpr std::size_t kIntents = 5;
inline constexpr const char* kNames[kIntents] = {"asks", "complains", "buys", "recommends", "leaves"};

struct Match {
  Intent intent{};
  std::size_t first = 0, last = 0;  // tokens, `last` included
};

class Patterns {
 public:
  static const Patterns& shared();

  // The first match of each intent, at most kIntents.
  void find(const model::Tokens& tokens, std::vector<Match>& to) const;

 private:
  struct Step {
    enum Kind : std::uint8_t { words, any, gap, question, end } kind = words;
    std::vector<std::uint64_t> hashes;
  };
  struct Pattern {
    Intent intent{};
    bool even_negated = false;
    std::vector<Step> steps;
  };

  Patterns();
  void add(Intent intent, std::string_view lines);
  void add_line(Intent intent, std::string_view line);
  bool holds(const model::Tokens& tokens, const Pattern& pattern, std::size_t step, std::size_t at,
             std::size_t& last) const;

  std::vector<Pattern> all_;
  // By the hash of its first word, which is one of words.
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_first_;
};

}  // namespace earshot::intent
