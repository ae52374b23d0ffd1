// json.hpp: walks JSON text token by token. simdjson finds the tokens of many lines at once and proves the text to be
// UTF-8 with closed strings; the walk above it is strict: what is not JSON to the letter is refused.
//
//   Tokens tokens;  tokens.index({p, n});        the byte behind the text is '\n', '\r' or 0, and kPadding bytes
//   Walk walk{...};                              behind it may be read
//
// One instance for one thread. Views point into the text, or into the memory given where there were escapes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "post/memory.hpp"

namespace simdjson::internal {
class dom_parser_implementation;
}

namespace earshot::post {

inline constexpr std::size_t kPadding = 64;
inline constexpr int kMaxDepth = 64;

// Why a line is no post. `kind` is one of few; `detail` is short and never quotes the input.
struct Fault {
  std::string_view kind;
  std::string_view detail;
  std::string_view field = {};
  std::string text() const;  // "wrong type: likes is no whole number"
};

// The places of all tokens in some text.
class Tokens {
 public:
  Tokens();
  ~Tokens();
  // Nothing, or what is wrong with the text as a whole.
  const char* index(std::string_view text);
  const std::uint32_t* begin() const;

 private:
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage_;
};

struct Number {
  bool whole = false;  // `integer` is exact; else only `real` is
  std::int64_t integer = 0;
  double real = 0;
};

// A position among the tokens of one line. Each function that reads says false once something is wrong, and `fault`
// tells what; nothing may be read after that.
class Walk {
 public:
  Walk(const char* base, const std::uint32_t* at, std::string_view line, Memory& memory)
      : base_(base), at_(at), end_(line.data() + line.size()), memory_(&memory), escapes_(has_escape(line)) {}

  const Fault& fault() const { return fault_; }
  const std::uint32_t* at() const { return at_; }
  bool replaced() const { return replaced_; }  // half a surrogate pair became U+FFFD
  const char* here() const { return base_ + *at_; }
  char peek() const { return base_[*at_]; }
  bool refuse(std::string_view kind, std::string_view detail, std::string_view field = {}) {
    return fault_ = {kind, detail, field}, false;
  }

  // Walks an object and calls `field(key)`, which must read or skip the value. The same for a list with `item()`.
  template <class Field>
  bool object(Field&& field);
  template <class Item>
  bool list(Item&& item);

  bool null() { return peek() == 'n'; }  // then `skip` reads it
  bool text(std::string_view& out, std::string_view field);
  bool number(Number& out, std::string_view field);
  bool boolean(bool& out);
  bool skip() { return skip(kMaxDepth); }
  // Nothing but blanks is left in the line.
  bool finish();

 private:
  static bool has_escape(std::string_view line);
  bool string(std::string_view& out);
  bool unescape(std::string_view& text);
  bool skip(int depth);
  bool literal(std::string_view word);
  bool ends(const char* p) const;
  bool not_json(std::string_view detail) {
    return refuse("not JSON", here() >= end_ ? "the line is cut short" : detail);
  }

  const char* base_;
  const std::uint32_t* at_;
  const char* end_;
  Memory* memory_;
  bool escapes_;
  bool replaced_ = false;
  Fault fault_;
};

inline bool Walk::string(std::string_view& out) {
  const char* begin = base_ + *at_ + 1;
  const char* end = base_ + *++at_;
  do --end;
  while (*end != '"' && end >= begin);
  if (end < begin) return not_json("a string is not closed");
  out = {begin, static_cast<std::size_t>(end - begin)};
  return !escapes_ || unescape(out);
}

inline bool Walk::text(std::string_view& out, std::string_view field) {
  if (peek() != '"') return refuse("wrong type", "is no text", field);
  return string(out);
}

template <class Field>
bool Walk::object(Field&& field) {
  if (peek() != '{') return refuse("wrong type", "an object was expected");
  ++at_;
  if (peek() == '}') return ++at_, true;
  for (;;) {
    std::string_view key;
    if (peek() != '"') return not_json("a field name was expected");
    if (!string(key)) return false;
    if (peek() != ':') return not_json("a colon was expected");
    ++at_;
    if (!field(key)) return false;
    const char next = peek();
    if (next == ',') {
      ++at_;
      continue;
    }
    if (next != '}') return not_json("a comma or the end of an object was expected");
    return ++at_, true;
  }
}

template <class Item>
bool Walk::list(Item&& item) {
  if (peek() != '[') return refuse("wrong type", "a list was expected");
  ++at_;
  if (peek() == ']') return ++at_, true;
  for (;;) {
    if (!item()) return false;
    const char next = peek();
    if (next == ',') {
      ++at_;
      continue;
    }
    if (next != ']') return not_json("a comma or the end of a list was expected");
    return ++at_, true;
  }
}

}  // namespace earshot::post
