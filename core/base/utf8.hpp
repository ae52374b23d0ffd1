// utf8.hpp: one code point at a time out of bytes that may be anything, and how wide text stands on a terminal.
// Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace earshot::host {

inline constexpr char32_t kReplacement = 0xFFFD;

struct CodePoint {
  char32_t value = kReplacement;
  std::size_t size = 1;  // bytes read
  bool valid = false;    // else `value` is U+FFFD
};

// The code point at the start of `text`, which is not empty. Overlong forms, surrogates and cut ones are not valid.
CodePoint decode(std::string_view text);

void append_utf8(std::string& out, char32_t code);

// Steers a terminal or turns the reading direction: not to be passed on as it came from outside.
bool is_control(char32_t code);

// Appends `text` with control characters shown as \n, \x1b or \u{202e}, and invalid bytes as U+FFFD.
void append_visible(std::string& out, std::string_view text);

// Columns that `text` takes on a terminal: 2 for East Asian wide characters and emoji, 0 for marks that combine.
std::size_t display_width(std::string_view text);

}  // namespace earshot::host
