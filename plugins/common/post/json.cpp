#include "post/json.hpp"

#include <emmintrin.h>
#include <simdjson.h>

#include <charconv>
#include <cstring>
#include <new>

namespace earshot::post {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The end of a number written as JSON wants it, or nullptr.
const char* end_of_number(const char* p, bool& whole) {
  p += *p == '-';
  if (!is_digit(*p)) return nullptr;
  if (*p++ != '0')
    while (is_digit(*p)) ++p;
  if (*p == '.') {
    whole = false;
    if (!is_digit(*++p)) return nullptr;
    while (is_digit(*p)) ++p;
  }
  if (*p == 'e' || *p == 'E') {
    whole = false;
    ++p;
    p += *p == '+' || *p == '-';
    if (!is_digit(*p)) return nullptr;
    while (is_digit(*p)) ++p;
  }
  return p;
}

bool read_hex(const char* p, const char* end, std::uint32_t& code) {
  if (end - p < 4) return false;
  code = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = p[i], lower = static_cast<char>(c | 0x20);
    if (!is_digit(c) && (lower < 'a' || lower > 'f')) return false;
    code = code << 4 | static_cast<std::uint32_t>(is_digit(c) ? c - '0' : lower - 'a' + 10);
  }
  return true;
}

char* put_utf8(char* to, std::uint32_t code) {
  const auto put = [&to](std::uint32_t byte) { *to++ = static_cast<char>(byte); };
  if (code < 0x80) return put(code), to;
  if (code < 0x800) return put(0xC0 | code >> 6), put(0x80 | (code & 63)), to;
  if (code < 0x10000) return put(0xE0 | code >> 12), put(0x80 | (code >> 6 & 63)), put(0x80 | (code & 63)), to;
  return put(0xF0 | code >> 18), put(0x80 | (code >> 12 & 63)), put(0x80 | (code >> 6 & 63)), put(0x80 | (code & 63)),
         to;
}

char plain_escape(char c) {
  switch (c) {
    case '"':
      return '"';
    case '\\':
      return '\\';
    case '/':
      return '/';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

}  // namespace

std::string Fault::text() const {
  std::string all(kind);
  if (!field.empty() || !detail.empty()) all += ": ";
  all.append(field);
  if (!field.empty() && !detail.empty()) all += ' ';
  return all.append(detail);
}

Tokens::Tokens() {
  if (simdjson::get_active_implementation()->create_dom_parser_implementation(64, 1, stage_) != simdjson::SUCCESS)
    throw std::bad_alloc();
}
Tokens::~Tokens() = default;

const char* Tokens::index(std::string_view text) {
  if (stage_->capacity() < text.size() && stage_->allocate(text.size(), 1) != simdjson::SUCCESS) throw std::bad_alloc();
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto error = stage_->stage1(bytes, text.size(), simdjson::stage1_mode::regular);
  // A walk that goes past the last token meets the byte behind the text, which is no token, and stops there.
  const std::uint32_t n = error == simdjson::SUCCESS ? stage_->n_structural_indexes : 0;
  for (std::uint32_t i = 0; i < 3; ++i) stage_->structural_indexes[n + i] = static_cast<std::uint32_t>(text.size());
  switch (error) {
    case simdjson::SUCCESS:
      return nullptr;
    case simdjson::EMPTY:
      return "there is nothing in the line";
    case simdjson::UTF8_ERROR:
      return "the text is not UTF-8";
    case simdjson::UNCLOSED_STRING:
      return "a string is not closed";
    case simdjson::UNESCAPED_CHARS:
      return "a control character stands in a string, or a string is not closed";
    default:
      return "the text cannot be read";
  }
}
const std::uint32_t* Tokens::begin() const {
  return stage_->structural_indexes.get();
}

bool Walk::has_escape(std::string_view line) {
  return std::memchr(line.data(), '\\', line.size()) != nullptr;
}

bool Walk::ends(const char* p) const {
  return p == end_ || *p == ',' || *p == '}' || *p == ']' || *p == ' ' || *p == '\n' || *p == '\r' || *p == '\t';
}

bool Walk::unescape(std::string_view& text) {
  const char* p = static_cast<const char*>(std::memchr(text.data(), '\\', text.size()));
  if (p == nullptr) return true;
  const char* end = text.data() + text.size();
  char* const begin = memory_->take(text.size() + 4);
  char* to = begin;
  const char* from = text.data();
  while (p != nullptr) {
    std::memcpy(to, from, static_cast<std::size_t>(p - from));
    to += p - from;
    ++p;  // stage 1 saw to it that something stands behind the backslash
    if (*p != 'u') {
      *to = plain_escape(*p++);
      if (*to++ == 0) return not_json("an escape in a string is none");
    } else {
      std::uint32_t code, low;
      if (!read_hex(++p, end, code)) return not_json("an escape in a string is none");
      p += 4;
      if (code >= 0xD800 && code < 0xDC00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u' && read_hex(p + 2, end, low) &&
          low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        p += 6;
      } else if (code >= 0xD800 && code < 0xE000) {
        code = 0xFFFD, replaced_ = true;  // half a character: what a cut in the middle of an emoji leaves
      }
      to = put_utf8(to, code);
    }
    from = p;
    p = static_cast<const char*>(std::memchr(p, '\\', static_cast<std::size_t>(end - p)));
  }
  std::memcpy(to, from, static_cast<std::size_t>(end - from));
  to += end - from;
  text = {begin, static_cast<std::size_t>(to - begin)};
  memory_->keep(text.size());
  return true;
}

bool Walk::number(Number& out, std::string_view field) {
  const char* begin = here();
  if (*begin != '-' && !is_digit(*begin)) return refuse("wrong type", "is no number", field);
  out.whole = true;
  const char* end = end_of_number(begin, out.whole);
  if (end == nullptr || !ends(end)) return not_json("a number is none");
  ++at_;
  if (out.whole && std::from_chars(begin, end, out.integer).ec == std::errc{}) {
    out.real = static_cast<double>(out.integer);
    return true;
  }
  out.whole = false;
  if (std::from_chars(begin, end, out.real).ec != std::errc{}) return refuse("wrong value", "is out of range", field);
  return true;
}

bool Walk::literal(std::string_view word) {
  const char* p = here();
  if (std::memcmp(p, word.data(), word.size()) != 0 || !ends(p + word.size()))
    return not_json("a word is none of JSON");
  return ++at_, true;
}

bool Walk::boolean(bool& out) {
  out = peek() == 't';
  return literal(out ? "true" : "false");
}

bool Walk::skip(int depth) {
  if (depth == 0) return refuse("too deep", "objects and lists are nested too deeply");
  switch (peek()) {
    case '"': {
      std::string_view unused;
      return string(unused);
    }
    case '{':
      return object([&](std::string_view) { return skip(depth - 1); });
    case '[':
      return list([&] { return skip(depth - 1); });
    case 't':
      return literal("true");
    case 'f':
      return literal("false");
    case 'n':
      return literal("null");
    default: {
      const char* begin = here();
      if (*begin != '-' && !is_digit(*begin)) return not_json("a value was expected");
      bool whole = true;
      const char* end = end_of_number(begin, whole);
      if (end == nullptr || !ends(end)) return not_json("a number is none");
      return ++at_, true;
    }
  }
}

bool Walk::finish() {
  if (base_ + at_[-1] >= end_) return not_json("the line is cut short");
  if (here() < end_) return not_json("something stands behind the end of the object");
  return true;
}

}  // namespace earshot::post
