#include "query/tokens.hpp"

#include <unicode/uchar.h>

#include "text/words.hpp"

namespace earshot::query {
namespace {

enum class Sort { between, letter, alone };

Sort sort_of(char32_t c) {
  if (c < 0x80) return is_ascii_word(static_cast<unsigned char>(c)) ? Sort::letter : Sort::between;
  if (c == text::invalid_byte) return Sort::between;
  if (text::is_spaceless(c)) return text::is_word(c) ? Sort::alone : Sort::between;
  const std::uint32_t category = U_MASK(u_charType(static_cast<UChar32>(c)));
  if ((category & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0 && !is_ignorable(c)) return Sort::letter;
  const bool trademark = c == 0xA9 || c == 0xAE || c == 0x2122 || c == 0x2120;
  return (category & U_GC_SO_MASK) != 0 && !trademark ? Sort::alone : Sort::between;
}

bool is_hangul(char32_t c) {
  return (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x1100 && c <= 0x11FF);
}

}  // namespace

bool is_ignorable(char32_t c) {
  return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F);
}

Stretch next_word(std::string_view text, std::size_t at) {
  const auto size = static_cast<std::uint32_t>(text.size());
  Sort sort = Sort::between;
  std::size_t length = 1;
  const auto look = [&](std::size_t i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) return length = 1, is_ascii_word(byte) ? Sort::letter : Sort::between;
    const text::CodePoint c = text::decode(text, i);
    length = c.length;
    return sort_of(c.value);
  };
  for (; at < text.size(); at += length)
    if ((sort = look(at)) != Sort::between) break;
  if (at >= text.size()) return {size, size};
  const auto begin = static_cast<std::uint32_t>(at);
  std::size_t end = at + length;
  if (sort == Sort::alone) return {begin, static_cast<std::uint32_t>(end)};
  for (std::size_t i = end; i < text.size(); i += length) {
    const Sort next = look(i);
    if (next == Sort::letter)
      end = i + length;
    else if (next == Sort::alone || static_cast<unsigned char>(text[i]) < 0x80 ||
             !is_ignorable(text::decode(text, i).value))
      break;
  }
  return {begin, static_cast<std::uint32_t>(end)};
}

bool ends_in_hangul(std::string_view folded) {
  return !folded.empty() && is_hangul(text::decode_before(folded, folded.size()).value);
}
bool begins_with_hangul(std::string_view folded) {
  return !folded.empty() && is_hangul(text::decode(folded, 0).value);
}

}  // namespace earshot::query
