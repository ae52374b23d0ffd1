#include "model/tokens.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "model/hash.hpp"
#include "text/utf8.hpp"
#include "text/words.hpp"

namespace earshot::model {
namespace {

using text::CodePoint;
using text::decode;

constexpr std::size_t kLongestNumber = 6;  // digits that are told apart by their count

bool is_letter(char c) {
  return static_cast<unsigned char>((c | 0x20) - 'a') < 26;
}
bool is_digit(char c) {
  return static_cast<unsigned char>(c - '0') < 10;
}
bool is_alnum(char c) {
  return is_letter(c) || is_digit(c);
}
bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
bool is_blank(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
}
char at_or_blank(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : ' ';
}

bool is_word_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  if (is_ascii(text[at])) return is_alnum(text[at]);
  const char32_t c = decode(text, at).value;
  return text::is_word(c) && !text::is_spaceless(c);
}

bool is_apostrophe(char32_t c) {
  return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0x00B4 || c == 0x2018;
}
// Changes how its neighbour looks, and nothing else.
bool is_silent(char32_t c) {
  return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0x1F3FB && c <= 0x1F3FF) || c == text::invalid_byte;
}
bool is_emoji(char32_t c) {
  return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) || (c >= 0x2B00 && c <= 0x2BFF) ||
         (c >= 0x2190 && c <= 0x21FF) || (c >= 0x2300 && c <= 0x23FF) || c == 0x2122;
}

bool starts_with(std::string_view text, std::size_t at, std::string_view lower) {
  if (text.size() - at < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = text[at + i];
    if ((is_letter(c) ? static_cast<char>(c | 0x20) : c) != lower[i]) return false;
  }
  return true;
}

bool begins_link(std::string_view text, std::size_t at) {
  const char c = static_cast<char>(text[at] | 0x20);
  if (c == 'h') return starts_with(text, at, "http://") || starts_with(text, at, "https://");
  return c == 'w' && starts_with(text, at, "www.");
}

// What exports and careless scripts leave of a character: "\\u2019", two of them in a row for one beyond the first
// plane, and "\\n" for the end of a line. Length 0: nothing of that kind stands here.
CodePoint escaped(std::string_view text, std::size_t at) {
  const auto hex4 = [&](std::size_t from) {
    char32_t value = 0;
    if (text.size() < from + 6 || text[from] != '\\' || text[from + 1] != 'u') return char32_t{0};
    for (const char c : text.substr(from + 2, 4)) {
      const auto lower = static_cast<char>(c | 0x20);
      if (!is_digit(c) && !(lower >= 'a' && lower <= 'f')) return char32_t{0};
      value = value << 4 | static_cast<char32_t>(is_digit(c) ? c - '0' : lower - 'a' + 10);
    }
    return value;
  };
  if (text[at] != '\\') return {0, 0};
  const char next = at_or_blank(text, at + 1);
  if (next == 'n' || next == '"') return {next == 'n' ? U'\n' : U'"', 2};
  const char32_t first = hex4(at);
  if (first < 0xD800 || first > 0xDBFF) return {first, first == 0 ? std::size_t{0} : 6};
  const char32_t second = hex4(at + 6);
  if (second < 0xDC00 || second > 0xDFFF) return {text::invalid_byte, 6};
  return {0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF), 12};
}

void append(std::string& to, char32_t c) {
  const auto byte = [&](char32_t b) { to += static_cast<char>(b); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | c >> 6), byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 0x3F)), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F));
  }
}

// Words that turn round what follows, in the languages that social media are most read in.
bool is_negation(std::string_view word) {
  static constexpr auto known = std::to_array<std::string_view>(
      {"aint",    "aren't", "arent",    "barely", "cannot", "cant",    "couldnt", "didnt",  "doesnt",  "dont",
       "hadnt",   "hardly", "hasnt",    "havent", "isnt",   "jamais",  "kein",    "keine",  "keinen",  "ne",
       "neither", "never",  "nicht",    "no",     "nobody", "none",    "nor",     "not",    "nothing", "nowhere",
       "nunca",   "pas",    "shouldnt", "wasnt",  "werent", "without", "wont",    "wouldnt"});
  if (word.size() < 2 || word.size() > 9) return word.ends_with("n't");
  return word.ends_with("n't") || std::binary_search(known.begin(), known.end(), word);
}

constexpr std::size_t kNegationReach = 5;  // words

bool ends_clause(std::string_view sign) {
  return sign.find_first_of(".,;:!?()") != std::string_view::npos;
}

}  // namespace

void Tokens::read(std::string_view text, std::size_t most_bytes) {
  if (text.size() > most_bytes) {
    std::size_t end = most_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end);
  }
  const std::size_t first = all_.size();
  for (std::size_t at = 0; at < text.size();)
    at = is_ascii(text[at]) ? ascii(text, at) : other(text, at, decode(text, at));
  mark_negation(first);
  ++texts_;
}

std::size_t Tokens::ascii(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (is_blank(c)) return at + 1;
  if (is_alnum(c)) {
    if (!begins_link(text, at)) return word(text, at, at, TokenKind::word);
    std::size_t end = at;
    while (end < text.size() && is_ascii(text[end]) && !is_blank(text[end]) && text[end] != '"' && text[end] != '<')
      ++end;
    return fixed("<url>", at, end, TokenKind::link);
  }
  const bool inside = at > 0 && is_ascii(text[at - 1]) && is_alnum(text[at - 1]);
  if (c == '@' && !inside) {
    std::size_t end = at + 1;
    while (end < text.size() && (is_alnum(text[end]) || text[end] == '_')) ++end;
    if (end > at + 1) return fixed("<user>", at, end, TokenKind::handle);
  }
  if (c == '#' && !inside && is_word_at(text, at + 1)) return word(text, at, at + 1, TokenKind::hashtag);
  if (c == '&')
    if (const std::size_t end = entity(text, at); end > at) return end;
  if (const CodePoint e = escaped(text, at); e.length > 0) return other(text, at, e);
  return signs(text, at);
}

std::size_t Tokens::other(std::string_view text, std::size_t at, CodePoint c) {
  const std::size_t end = at + c.length;
  if (is_silent(c.value)) return end;
  if (text::is_spaceless(c.value)) {
    const std::size_t normal = normal_.size();
    append(normal_, c.value);
    return finish(at, end, normal, TokenKind::word), end;
  }
  if (text::is_word(c.value)) return word(text, at, at, TokenKind::word);
  if (u_isUWhiteSpace(static_cast<UChar32>(c.value))) return end;
  const std::size_t normal = normal_.size();
  append(normal_, c.value);
  return finish(at, end, normal, is_emoji(c.value) ? TokenKind::emoji : TokenKind::sign), end;
}

// A word, a number, or the name behind a "#" that stands at `begin`.
std::size_t Tokens::word(std::string_view text, std::size_t begin, std::size_t at, TokenKind kind) {
  const std::size_t normal = normal_.size();
  std::size_t letters = 0, capitals = 0, digits = 0, count = 0, run = 0;
  char32_t last = 0;
  bool elongated = false;
  const auto put = [&](char32_t c) {
    run = c == last ? run + 1 : 1, last = c, ++count;
    if (run > 2 && !(c >= '0' && c <= '9'))
      elongated = true;
    else
      append(normal_, c);
  };
  while (at < text.size()) {
    const char c = text[at];
    if (is_letter(c)) {
      ++letters, capitals += static_cast<std::size_t>((c & 0x20) == 0);
      put(static_cast<unsigned char>(c | 0x20)), ++at;
    } else if (is_digit(c)) {
      ++digits, put(static_cast<unsigned char>(c)), ++at;
    } else if (c == '_' || (c == '\'' && is_word_at(text, at + 1))) {
      put(static_cast<unsigned char>(c)), ++at;
    } else if (c == '*') {  // letters left out: f**k
      std::size_t end = at;
      while (at_or_blank(text, end) == '*') ++end;
      if (!is_word_at(text, end)) break;
      put('*'), at = end;
    } else if ((c == '.' || c == ',' || c == ':') && digits == count && is_digit(at_or_blank(text, at + 1))) {
      ++digits, put(static_cast<unsigned char>(c)), ++at;
    } else if (is_ascii(c) && c != '\\') {
      break;
    } else {
      const CodePoint p = is_ascii(c) ? escaped(text, at) : decode(text, at);
      if (p.length == 0) break;
      if (is_silent(p.value) && p.value != text::invalid_byte) {
        at += p.length;
      } else if (is_apostrophe(p.value) && is_word_at(text, at + p.length)) {
        put('\''), at += p.length;
      } else if (text::is_word(p.value) && !text::is_spaceless(p.value)) {
        const auto lower = static_cast<char32_t>(u_foldCase(static_cast<UChar32>(p.value), U_FOLD_CASE_DEFAULT));
        ++letters, capitals += static_cast<std::size_t>(lower != p.value);
        put(lower), at += p.length;
      } else {
        break;
      }
    }
  }
  if (digits == count && kind == TokenKind::word) {
    kind = TokenKind::number;
    for (std::size_t i = normal; i < normal_.size(); ++i)
      if (is_digit(normal_[i])) normal_[i] = '0';
    if (normal_.size() - normal > kLongestNumber) normal_.resize(normal + kLongestNumber);
  }
  finish(begin, at, normal, kind);
  all_.back().shouted = letters >= 3 && capitals == letters;
  all_.back().elongated = elongated;
  return at;
}

// A run of punctuation with what belongs to an emoticon: "!!", ":-)", ":D", "<3".
std::size_t Tokens::signs(std::string_view text, std::size_t at) {
  const std::size_t begin = at, normal = normal_.size();
  bool elongated = false;
  std::size_t run = 0;
  char last = 0;
  for (; at < text.size() && is_ascii(text[at]) && !is_blank(text[at]) && !is_alnum(text[at]); ++at) {
    const char c = text[at];
    if (at > begin && (c == '@' || c == '#' || c == '&') && last != c && is_word_at(text, at + 1)) break;
    if (at > begin && escaped(text, at).length > 0) break;
    run = c == last ? run + 1 : 1, last = c;
    if (run > 2)
      elongated = true;
    else
      normal_ += c;
  }
  const char mouth = at_or_blank(text, at);
  const bool eyes =
      normal_.size() - normal <= 2 && std::string_view(":;=8").find(normal_[normal]) != std::string_view::npos;
  const bool heart = normal_.size() - normal == 1 && normal_[normal] == '<' && mouth == '3';
  if (((eyes && std::string_view("DPpOo3").find(mouth) != std::string_view::npos) || heart) &&
      !is_word_at(text, at + 1)) {
    normal_ += mouth;
    ++at;
  }
  finish(begin, at, normal, TokenKind::sign);
  all_.back().elongated = elongated;
  return at;
}

// The five that HTML writes for signs, as exports of comments have them: "&amp;" is "&".
std::size_t Tokens::entity(std::string_view text, std::size_t at) {
  struct Entity {
    std::string_view written, sign;
  };
  static constexpr std::array<Entity, 6> known{
      {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&apos;", "'"}}};
  for (const Entity& e : known) {
    if (text.substr(at, e.written.size()) != e.written) continue;
    const std::size_t end = at + e.written.size();
    if (e.sign == "<" && at_or_blank(text, end) == '3') return fixed("<3", at, end + 1, TokenKind::sign);
    return fixed(e.sign, at, end, TokenKind::sign);
  }
  return at;
}

std::size_t Tokens::fixed(std::string_view normal, std::size_t begin, std::size_t end, TokenKind kind) {
  const std::size_t at = normal_.size();
  normal_ += normal;
  finish(begin, end, at, kind);
  return end;
}

void Tokens::finish(std::size_t begin, std::size_t end, std::size_t normal, TokenKind kind) {
  Token token;
  token.begin = static_cast<std::uint32_t>(begin), token.end = static_cast<std::uint32_t>(end);
  token.at = static_cast<std::uint32_t>(normal), token.size = static_cast<std::uint32_t>(normal_.size() - normal);
  token.hash = hash(std::string_view(normal_).substr(normal));
  token.text = texts_, token.kind = kind;
  all_.push_back(token);
}

// Das, Chen 2001: a word behind a negation, up to the end of its clause, is another word.
void Tokens::mark_negation(std::size_t first) {
  std::size_t left = 0;
  for (std::size_t i = first; i < all_.size(); ++i) {
    Token& token = all_[i];
    if (token.kind == TokenKind::sign && ends_clause(normal(token))) left = 0;
    if (token.kind != TokenKind::word && token.kind != TokenKind::hashtag) continue;
    if (is_negation(normal(token))) {
      left = kNegationReach;
    } else if (left > 0) {
      token.negated = true, --left;
    }
  }
}

}  // namespace earshot::model
