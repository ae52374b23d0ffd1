// tokens.hpp: text as people write it, cut into tokens that are equal where they mean the same: case is folded, every
// link is one token and so is every handle, digits of a number are all "0", "soooo" is "soo". Each token knows the
// bytes that it came from. A Tokens belongs to one thread and keeps its memory for the next text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/utf8.hpp"

namespace earshot::model {

enum class TokenKind : std::uint8_t { word, number, link, handle, hashtag, sign, emoji };

struct Token {
  std::uint32_t begin = 0, end = 0;  // bytes of the text
  std::uint32_t at = 0, size = 0;    // its normal form in Tokens::normal()
  std::uint64_t hash = 0;            // of the normal form
  std::uint16_t text = 0;            // which of the texts
  TokenKind kind = TokenKind::word;
  bool negated = false;    // within reach of a "not"
  bool shouted = false;    // three letters or more, all of them capitals
  bool elongated = false;  // a letter or sign three times or more in a row
};

class Tokens {
 public:
  void clear() { all_.clear(), normal_.clear(), texts_ = 0; }
  // Reads one more text, of which at most `most_bytes` are looked at.
  void read(std::string_view text, std::size_t most_bytes);

  const std::vector<Token>& all() const { return all_; }
  std::string_view normal(const Token& token) const { return std::string_view(normal_).substr(token.at, token.size); }
  std::uint16_t texts() const { return texts_; }

 private:
  std::size_t ascii(std::string_view text, std::size_t at);
  std::size_t other(std::string_view text, std::size_t at, text::CodePoint c);
  std::size_t word(std::string_view text, std::size_t begin, std::size_t at, TokenKind kind);
  std::size_t signs(std::string_view text, std::size_t at);
  std::size_t fixed(std::string_view normal, std::size_t begin, std::size_t end, TokenKind kind);
  std::size_t entity(std::string_view text, std::size_t at);
  void finish(std::size_t begin, std::size_t end, std::size_t normal, TokenKind kind);
  void mark_negation(std::size_t first);

  std::vector<Token> all_;
  std::string normal_;
  std::uint16_t texts_ = 0;
};

}  // namespace earshot::model
