// glob.hpp: does a word fit a pattern with * (any letters, or none) and ? (one letter)? A free function; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace earshot::query {

// The length of the character that begins at `at`.
inline std::size_t character_length(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end - at;
}

// Greedy with one way back, to the last star: at most text times pattern steps, and both are short.
inline bool fits(std::string_view text, std::string_view pattern) {
  constexpr std::size_t kNoStar = static_cast<std::size_t>(-1);
  std::size_t t = 0, p = 0, star = kNoStar, from = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++, from = t;
    } else if (p < pattern.size() && pattern[p] == '?') {
      t += character_length(text, t), ++p;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++t, ++p;
    } else if (star != kNoStar) {
      from += character_length(text, from);
      p = star + 1, t = from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

inline bool is_pattern(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

}  // namespace earshot::query
