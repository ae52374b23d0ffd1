// cursor.hpp: walks the text of a query by what its characters mean: blanks and comments, operators, words, quotes.
// A view and a position; one thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "query/fault.hpp"

namespace earshot::query {

class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  std::string_view text() const { return text_; }
  std::size_t at() const { return at_; }
  void move_to(std::size_t at) { at_ = at; }
  bool ended() const { return at_ == text_.size(); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool sees(std::string_view sign) const { return text_.substr(at_).starts_with(sign); }
  bool at_quote() const { return quote_length() > 0; }
  bool at_blank() const { return blank_length() > 0; }
  // Nothing more of the word or value at hand: a blank, a bracket, a quote, the end.
  bool at_edge() const { return ended() || peek() == '(' || peek() == ')' || at_blank() || at_quote(); }

  [[noreturn]] void fail(const std::string& message) const { fail(message, at_); }
  [[noreturn]] static void fail(const std::string& message, std::size_t at) { throw Fault(message, at); }

  void skip_blanks();  // and comments
  bool skip(char c) { return peek() == c && !ended() && (++at_, true); }
  // An operator is a word of its own, in capitals; `takes` steps over it and the blanks behind.
  bool sees_word(std::string_view word) const;
  bool takes_word(std::string_view word);

  std::string_view name();    // letters, digits and _ that may be a field's name
  std::string_view word();    // up to an edge
  std::string_view quoted();  // steps over the quotes
  std::string_view regex();   // between the slashes

 private:
  std::size_t blank_length() const;
  std::size_t quote_length() const;

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace earshot::query
