// regex.hpp: regular expressions that cannot run away: RE2's automata, in time linear in the text and in memory that
// is bounded. Constant once made: any thread.
#pragma once

#include <cstddef>
#include <memory>
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

  // The first match at or behind `from`; an empty one where there is none.
  Stretch find(std::string_view text, std::size_t from) const;

 private:
  std::unique_ptr<const re2::RE2> compiled_;
};

}  // namespace earshot::query
