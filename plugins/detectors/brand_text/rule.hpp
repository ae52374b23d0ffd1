// rule.hpp: why something is a mention.
#pragma once

#include <array>
#include <cstdint>

namespace earshot::brand_text {

enum class Rule : std::uint8_t {
  name,
  hashtag,
  handle,
  link,
  misspelling,
  lookalike,
  joined,
  elongation,
  inflection,
  reading
};

constexpr const char* name_of(Rule rule) {
  constexpr std::array names{"name",      "hashtag", "handle",     "link",       "misspelling",
                             "lookalike", "joined",  "elongation", "inflection", "reading"};
  return names[static_cast<std::size_t>(rule)];
}

}  // namespace earshot::brand_text
