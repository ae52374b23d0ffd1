// tokens.hpp: a text as words: runs of letters, digits and marks; one alone for each character of a script without
// spaces, and for each emoji or other symbol. Everything else stands between words, the underscore too. Free
// functions over UTF-8; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/utf8.hpp"

namespace earshot::query {

struct Stretch {
  std::uint32_t begin = 0, end = 0;  // bytes
};

// The first word that begins at `at` or behind; an empty one at the end of the text where there is none.
Stretch next_word(std::string_view text, std::size_t at);

// Shown as nothing: soft hyphens, joiners, variation selectors. They neither end a word nor stand between two.
bool is_ignorable(char32_t c);

constexpr bool is_ascii_word(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool ends_in_hangul(std::string_view folded);
bool begins_with_hangul(std::string_view folded);

}  // namespace earshot::query
