#include "sketch/trigrams.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "text/utf8.hpp"
#include "text/words.hpp"

namespace earshot::sketch {
namespace {

constexpr std::uint32_t kWordStart = 0x811C9DC5u, kWordPrime = 0x01000193u;  // FNV-1a

constexpr std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

constexpr std::uint16_t trigram(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  const std::uint64_t all = (std::uint64_t{a} << 42 ^ std::uint64_t{b} << 21 ^ c) * 0x9E3779B97F4A7C15u;
  return static_cast<std::uint16_t>((all ^ all >> 29) * 0xD6E8FEB86659FD93u >> 48);
}

bool is_blank(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}
bool is_name(char c) {
  const auto u = static_cast<unsigned char>(c | 0x20);
  return (u >= 'a' && u <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}
std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}
std::size_t end_of_token(std::string_view text, std::size_t at) {
  while (at < text.size() && !is_blank(text[at])) ++at;
  return at;
}
// "@name" at `at`: where it ends, else `at`.
std::size_t end_of_handle(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '@') return at;
  std::size_t end = at + 1;
  while (end < text.size() && is_name(text[end])) ++end;
  return end > at + 1 ? end : at;
}

// The bytes of a link's opening that say nothing; 0: there begins no link.
std::size_t begins_link(std::string_view rest) {
  static constexpr std::array<std::string_view, 6> kOpenings{"http://", "https://",         "www.",
                                                             "t.co/",   "pic.twitter.com/", "bit.ly/"};
  const char first = static_cast<char>(rest[0] | 0x20);
  if (first != 'h' && first != 'w' && first != 't' && first != 'p' && first != 'b') return 0;
  for (const std::string_view opening : kOpenings) {
    if (rest.size() < opening.size()) continue;
    const auto same = [](char a, char b) { return a == b || (a | 0x20) == b; };
    if (std::equal(opening.begin(), opening.end(), rest.begin(), [&](char b, char a) { return same(a, b); }))
      return opening.size();
  }
  return 0;
}

// Letters of an alphabet whose forms differ by case.
char32_t folded(char32_t c) {
  return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
}

}  // namespace

void Reader::clear() {
  bits_.clear(), trigrams_.clear(), words_.clear(), numbers_.clear();
  bytes_ = letters_ = seen_ = run_ = 0;
  hash_ = 0, word_ = 0, last_ = before_ = 0, cut_ = 65535;
  in_word_ = is_repost_ = is_aside_ = has_digit_ = false;
}

// Passes over "RT @name:". Whom the text addresses at its beginning is aside: `aside` is where that ends.
std::size_t Reader::opening(std::string_view text, std::size_t& aside) {
  std::size_t at = skip_blanks(text, 0);
  if (text.size() - at > 4 && (text[at] | 0x20) == 'r' && (text[at + 1] | 0x20) == 't' && text[at + 2] == ' ' &&
      end_of_handle(text, at + 3) > at + 3) {
    is_repost_ = true;
    at = end_of_handle(text, at + 3);
    if (at < text.size() && text[at] == ':') ++at;
    at = skip_blanks(text, at);
  }
  aside = at;
  for (std::size_t end = end_of_handle(text, at); end > aside; end = end_of_handle(text, aside))
    aside = skip_blanks(text, end);
  return at;
}

void Reader::add(std::string_view text) {
  text = text.substr(0, kMostBytes - std::min(bytes_, kMostBytes));
  std::size_t aside = 0;
  std::size_t at = bytes_ == 0 ? opening(text, aside) : 0;
  bytes_ += text.size();
  while (at < text.size() && words_.size() < kMostWords) {
    const auto byte = static_cast<unsigned char>(text[at]);
    is_aside_ = at < aside;
    if (byte < 0x80) {
      const auto lower = static_cast<unsigned char>(byte | 0x20);
      if ((lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9')) {
        if (!in_word_ && !is_aside_) {
          if (const std::size_t scheme = begins_link(text.substr(at)); scheme > 0) {
            aside = end_of_token(text, at);
            at += scheme;
            continue;
          }
        }
        letter(byte >= 'A' && byte <= 'Z' ? lower : byte);
      } else if (byte != '\'') {
        end_word();
      }
      ++at;
      continue;
    }
    const text::CodePoint c = text::decode(text, at);
    at += c.length;
    if (c.value == text::invalid_byte || c.value == 0x2019 || c.value == 0x200D || c.value == 0xFE0F) continue;
    if (!text::is_word(c.value)) {
      end_word();
      continue;
    }
    const bool spaceless = text::is_spaceless(c.value);
    if (spaceless) end_word();
    letter(folded(c.value));
    if (spaceless) end_word();
  }
  end_word();
}

// The third of the same in a row and those behind it are left out: "soooo" is "soo".
void Reader::letter(char32_t c) {
  run_ = c == last_ ? run_ + 1 : 1;
  in_word_ = true;
  const bool is_digit = c >= '0' && c <= '9';
  if (run_ > 2 && !is_digit) return;
  has_digit_ |= is_digit && !is_aside_;
  if (!is_aside_) ++letters_, hash_ = (hash_ ^ c) * 0x100000001B3u;
  word_ = ((word_ == 0 ? kWordStart : word_) ^ c) * kWordPrime;
  if (++seen_ >= 3) bits_.set(trigram(before_, last_, c));
  before_ = last_, last_ = c;
}

void Reader::end_word() {
  if (in_word_ && word_ != 0) {
    words_.push_back(static_cast<std::uint32_t>(mixed(word_)));
    if (has_digit_ && numbers_.size() < kMostNumbers)
      numbers_.push_back(static_cast<std::uint16_t>(words_.back() >> 16));
  }
  word_ = 0, in_word_ = has_digit_ = false;
}

void Reader::finish() {
  hash_ = mixed(hash_ ^ letters_);
  bits_.ascending([&](std::uint16_t hash) {
    if (trigrams_.size() == kMostTrigrams) return cut_ = trigrams_.back(), false;
    return trigrams_.push_back(hash), true;
  });
}

}  // namespace earshot::sketch
