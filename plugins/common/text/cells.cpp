#include "text/cells.hpp"

#include <unicode/uchar.h>

#include <cstdio>

#include "text/utf8.hpp"

namespace earshot::text {
namespace {

constexpr std::size_t kMarks = 4;  // on one character; more of them only climb over the lines above

bool is_space(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x2028 || c == 0x2029 ||
         u_charType(static_cast<UChar32>(c)) == U_SPACE_SEPARATOR;
}

// Joins letters and emoji, or chooses their look; turns nothing around.
bool is_joiner(char32_t c) {
  return c == 0x200C || c == 0x200D;
}
bool is_mark(char32_t c) {
  const int8_t type = u_charType(static_cast<UChar32>(c));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || is_joiner(c);
}
bool is_hidden(char32_t c) {
  if (is_joiner(c)) return false;
  const int8_t type = u_charType(static_cast<UChar32>(c));
  return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || type == U_SURROGATE || type == U_PRIVATE_USE_CHAR ||
         type == U_UNASSIGNED || type == U_LINE_SEPARATOR || type == U_PARAGRAPH_SEPARATOR;
}
// A soft hyphen, a word joiner, a byte order mark: nothing is lost without them.
bool is_nothing(char32_t c) {
  return c == 0xAD || c == 0x2060 || c == 0xFEFF;
}

std::size_t width_of(char32_t c) {
  const int width = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

struct Cell {
  std::string_view text;
  std::size_t columns;
};

// How one character is shown. `sign` holds the text where it is no part of the original.
Cell show(char32_t c, std::string_view original, std::string& sign) {
  if (c == invalid_byte) return {"\xEF\xBF\xBD", 1};
  if (!is_hidden(c)) return {original, is_mark(c) ? 0 : width_of(c)};
  if (is_nothing(c)) return {{}, 0};
  if (c < 0x20 || c == 0x7F) {  // its picture in the block "Control Pictures"
    const auto low = static_cast<unsigned>(c == 0x7F ? 0x21 : c);
    sign = {'\xE2', '\x90', static_cast<char>(0x80 + low)};
    return {sign, 1};
  }
  char code[16];
  const int size = std::snprintf(code, sizeof code, "<U+%04X>", static_cast<unsigned>(c));
  sign.assign(code, static_cast<std::size_t>(size));
  return {sign, sign.size()};
}

}  // namespace

Fitted append_cells(std::string& to, std::string_view text, std::size_t room) {
  Fitted fitted;
  std::size_t marks = 0;
  bool after_space = false;
  std::string sign;
  while (fitted.bytes < text.size()) {
    const CodePoint c = decode(text, fitted.bytes);
    Cell cell = show(c.value, text.substr(fitted.bytes, c.length), sign);
    const bool space = c.value != invalid_byte && is_space(c.value);
    if (space) cell = after_space ? Cell{{}, 0} : Cell{" ", 1};
    if (fitted.columns + cell.columns > room) break;
    marks = c.value != invalid_byte && is_mark(c.value) ? marks + 1 : 0;
    if (marks <= kMarks) to += cell.text;
    after_space = space;
    fitted.columns += cell.columns;
    fitted.bytes += c.length;
  }
  return fitted;
}

std::string cells(std::string_view text, std::size_t room) {
  std::string all;
  const Fitted fitted = append_cells(all, text, room);
  if (fitted.bytes == text.size() || room == 0) return all;
  all.clear();
  append_cells(all, text, room - 1);
  return all + "…";
}

std::size_t columns_of(std::string_view text) {
  std::string unused;
  return append_cells(unused, text, static_cast<std::size_t>(-1)).columns;
}

}  // namespace earshot::text
