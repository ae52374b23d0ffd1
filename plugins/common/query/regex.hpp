// regex.hpp: regular expressions that cannot run away: RE2's automata, in time linear in the text and in memory that
// is bounded. Constant once made: any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "query/tokens.hpp"

namespace re2 {
class RE2;
}

namespace earshot::query {

inline constexpr std::size_t kMaxRegex = 1000;  // bytes

class Regex {
 public:
  // Any case fits unless `exact`. Throws Fault at byte `at` for what is no regular expression, too large to be run
  // safely, or fits the empty text.
  Regex(std::string_view pattern, bool exact, std::size_t at);
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;

  // Where it fits first in text [from, to), also where it takes nothing ("\b"); nothing where it does not.
  std::optional<Stretch> find(std::string_view text, std::size_t from, std::size_t to) const;

 private:
  std::unique_ptr<const re2::RE2> compiled_;
};

// The places in a text where a regular expression fits. One match alone may have to look at all the rest of the text,
// as for "a.*b|a" where no b comes; so the first is looked for everywhere, and those behind it within a window.
class Matches {
 public:
  Matches(const Regex& regex, std::string_view text) : regex_(regex), text_(text) {}
  // The next; an empty one where there are no more, or too many.
  Stretch next();

 private:
  static constexpr std::size_t kWindow = 4096;  // bytes; a longer match is cut
  static constexpr std::size_t kMost = 10'000;
  const Regex& regex_;
  std::string_view text_;
  std::size_t from_ = 0, count_ = 0;
};

}  // namespace earshot::query
