#include "base/utf8.hpp"

#include <catch2/catch.hpp>

using namespace earshot::host;

namespace {

std::string visible(std::string_view text) {
  std::string out;
  append_visible(out, text);
  return out;
}

}  // namespace

TEST_CASE("every code point that may be written is read back") {
  for (char32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, code);
    const CodePoint point = decode(text);
    if (!point.valid || point.value != code || point.size != text.size()) FAIL("code point " << std::uint32_t(code));
  }
}

TEST_CASE("what steers a terminal or turns the reading direction is shown, not done") {
  CHECK(visible("a\x1b[31mred") == "a\\x1b[31mred");
  CHECK(visible("two\nlines\tand\r") == "two\\nlines\\tand\\x0d");
  CHECK(visible("\u009b1m") == "\\x9b1m");
  CHECK(visible("\u202Eevil") == "\\u{202e}evil");
  CHECK(visible("Zürich \xFF") == "Zürich \uFFFD");
}

TEST_CASE("width counts columns, not bytes") {
  CHECK(display_width("") == 0);
  CHECK(display_width("Zürich") == 6);
  CHECK(display_width("日本") == 4);
  CHECK(display_width("한국어") == 6);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("😀") == 2);
  CHECK(display_width("Ａ") == 2);
  CHECK(display_width("Привет") == 6);
}
