#include "query/cursor.hpp"

#include <algorithm>

namespace earshot::query {

// A query that was written in an office program has no-break spaces and curly quotes.
std::size_t Cursor::blank_length() const {
  const char c = peek();
  if (!ended() && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) return 1;
  return sees("\u00A0") ? 2 : sees("\u3000") ? 3 : 0;
}
std::size_t Cursor::quote_length() const {
  if (peek() == '"') return 1;
  return sees("\u201C") || sees("\u201D") || sees("\u201E") ? 3 : 0;
}

void Cursor::skip_blanks() {
  for (;;) {
    if (const std::size_t length = blank_length(); length > 0)
      at_ += length;
    else if (sees("//"))
      at_ = std::min(text_.find('\n', at_), text_.size());
    else
      return;
  }
}

bool Cursor::sees_word(std::string_view word) const {
  if (!sees(word)) return false;
  Cursor after = *this;
  after.at_ += word.size();
  return after.at_edge();
}

bool Cursor::takes_word(std::string_view word) {
  if (!sees_word(word)) return false;
  at_ += word.size();
  skip_blanks();
  return true;
}

std::string_view Cursor::name() {
  const std::size_t begin = at_;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (!is_letter(peek())) return {};
  while (is_letter(peek()) || peek() == '_' || peek() == '-' || (peek() >= '0' && peek() <= '9')) ++at_;
  return text_.substr(begin, at_ - begin);
}

std::string_view Cursor::word() {
  const std::size_t begin = at_;
  while (!at_edge()) ++at_;
  return text_.substr(begin, at_ - begin);
}

std::string_view Cursor::quoted() {
  const std::size_t open = at_;
  at_ += quote_length();
  const std::size_t begin = at_;
  while (!ended() && !at_quote()) ++at_;
  if (ended()) fail("the quote is not closed: add a '\"'", open);
  const std::string_view inside = text_.substr(begin, at_ - begin);
  at_ += quote_length();
  if (inside.find_first_not_of(" \t\r\n") == std::string_view::npos) fail("the quotes hold nothing", open);
  return inside;
}

std::string_view Cursor::regex() {
  const std::size_t open = at_++;
  const std::size_t begin = at_;
  while (!ended() && peek() != '/' && peek() != '\n') at_ += peek() == '\\' && peek(1) != '\0' ? 2 : 1;
  if (ended() || peek() != '/') fail("the regular expression is not closed: end it with '/'", open);
  return text_.substr(begin, at_++ - begin);
}

}  // namespace earshot::query
