// utf8.hpp: one code point at a time, forwards and backwards. A byte that is no valid UTF-8 counts as one code point
// of its own (`invalid`), so that every walk ends. Free functions, any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace earshot::text {

inline constexpr char32_t invalid_byte = 0xFFFFFFFF;

struct CodePoint {
  char32_t value = invalid_byte;
  std::size_t length = 1;  // bytes
};

// The code point that starts at `at`, which is less than text.size().
inline CodePoint decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() - at < length) return {};
  char32_t value = first & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {};
    value = value << 6 | (byte(at + i) & 0x3Fu);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, length};
}

// The code point that ends at `end`, which is more than 0.
inline CodePoint decode_before(std::string_view text, std::size_t end) {
  for (std::size_t length = 1; length <= 4 && length <= end; ++length) {
    if ((static_cast<unsigned char>(text[end - length]) & 0xC0) == 0x80) continue;
    const CodePoint c = decode(text, end - length);
    return c.length == length ? c : CodePoint{};
  }
  return {};
}

}  // namespace earshot::text
