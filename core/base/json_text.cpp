#include "base/json_text.hpp"

#include <charconv>
#include <cmath>

#include "base/utf8.hpp"

namespace earshot::host {
namespace {

template <class Number>
void append_number(std::string& out, Number number) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, number).ptr;
  out.append(text, end);
}

void append_escape(std::string& out, unsigned char c) {
  constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
  }
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  out += '"';
  std::size_t from = 0, at = 0;  // [from, at) may go out as it is
  const auto flush = [&] { out.append(text, from, at - from); };
  while (at < text.size()) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x80) {
      const CodePoint point = decode(text.substr(at));
      if (!point.valid) {
        flush();
        append_utf8(out, kReplacement);
        from = at + point.size;
      }
      at += point.size;
      continue;
    }
    if (c < 0x20 || c == 0x7F || c == '"' || c == '\\') {
      flush();
      append_escape(out, c);
      from = at + 1;
    }
    ++at;
  }
  flush();
  out += '"';
}

void JsonText::put(std::int64_t number) {
  append_number(*out_, number);
}

void JsonText::put(std::uint64_t number) {
  append_number(*out_, number);
}

void JsonText::put(double number) {
  if (!std::isfinite(number)) {
    *out_ += "null";
    return;
  }
  append_number(*out_, number);
}

}  // namespace earshot::host
