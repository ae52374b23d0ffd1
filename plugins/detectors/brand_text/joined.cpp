#include "brand_text/joined.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace earshot::brand_text {
namespace {

constexpr std::size_t kLongest = 100;  // bytes of a tag
constexpr std::size_t kLeast = 5;      // letters of a name that stands in the middle of small letters
constexpr std::size_t kLongestWord = 20;

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
std::string lower(std::string_view text) {
  std::string all;
  for (const char c : text)
    if (c != '_') all += is_upper(c) ? static_cast<char>(c | 0x20) : c;
  return all;
}

// Does a word begin here, by its capitals, figures and underscores?
bool is_seam(std::string_view tag, std::size_t at) {
  if (at == 0 || at >= tag.size()) return true;
  const char before = tag[at - 1], after = tag[at];
  if (before == '_' || after == '_' || is_digit(before) != is_digit(after)) return true;
  if (is_upper(after)) return is_lower(before) || (at + 1 < tag.size() && is_lower(tag[at + 1]));
  return false;
}

// Words of two and three letters that people join to a name; a set of known words has too many that short.
bool is_short_word(std::string_view word) {
  static constexpr auto known = std::to_array<std::string_view>(
      {"a",   "ad",  "ads", "all", "and", "app", "are", "at",  "ban", "bad", "big", "buy", "by",  "can", "car",
       "ceo", "day", "de",  "eu",  "fan", "fix", "for", "fun", "get", "go",  "got", "has", "her", "hey", "his",
       "hot", "how", "hq",  "i",   "im",  "in",  "is",  "it",  "job", "lol", "la",  "le",  "led", "les", "let",
       "lie", "me",  "mom", "my",  "new", "no",  "not", "now", "of",  "off", "old", "on",  "one", "or",  "our",
       "out", "own", "pay", "pr",  "rip", "sad", "say", "see", "so",  "sue", "tax", "tea", "the", "to",  "top",
       "try", "tv",  "uk",  "up",  "us",  "use", "vs",  "was", "we",  "why", "win", "wow", "yes", "you"});
  return std::binary_search(known.begin(), known.end(), word);
}

// Is it figures, or a row of up to four known words?
bool is_words(std::string_view text, const KnownWords& known) {
  if (text.empty() || std::all_of(text.begin(), text.end(), is_digit)) return true;
  std::vector<int> words(text.size() + 1, 99);
  words[0] = 0;
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    if (words[begin] >= 4) continue;
    for (std::size_t size = 1; size <= kLongestWord && begin + size <= text.size(); ++size) {
      const std::string_view word = text.substr(begin, size);
      if (size < 4 ? is_short_word(word) : known.has(word))
        words[begin + size] = std::min(words[begin + size], words[begin] + 1);
    }
  }
  return words.back() <= 4;
}

// With neighbours of its own it would be another word: "PineApple".
bool is_part_of_word(std::string_view tag, text::Range name, const KnownWords& known) {
  std::vector<std::size_t> before{name.begin}, behind{name.end};
  for (std::size_t at = name.begin; at-- > 0;)
    if (is_seam(tag, at)) before.push_back(at);
  for (std::size_t at = name.end + 1; at <= tag.size(); ++at)
    if (is_seam(tag, at)) behind.push_back(at);
  constexpr std::size_t kMost = 3;  // words to each side
  for (std::size_t b = 0; b < std::min(before.size(), kMost); ++b)
    for (std::size_t e = 0; e < std::min(behind.size(), kMost); ++e) {
      if (b == 0 && e == 0) continue;
      const std::string_view whole = tag.substr(before[b], behind[e] - before[b]);
      if (whole.find('_') == std::string_view::npos && known.has(lower(whole))) return true;
    }
  return false;
}

}  // namespace

bool is_word_of_hashtag(std::string_view tag, text::Range name, const KnownWords& known) {
  if (tag.size() > kLongest) return false;
  const bool seams = is_seam(tag, name.begin) && is_seam(tag, name.end);
  const bool upper = std::any_of(tag.begin(), tag.end(), is_upper),
             small = std::any_of(tag.begin(), tag.end(), is_lower);
  if (seams && (upper || tag.find('_') != std::string_view::npos || !small)) return !is_part_of_word(tag, name, known);
  if (upper && small && !seams) return false;
  const std::string whole = lower(tag);
  if (known.has(whole)) return false;
  const std::string left = lower(tag.substr(0, name.begin)), right = lower(tag.substr(name.end));
  if (name.end - name.begin < (left.empty() ? kLeast - 1 : kLeast)) return false;
  return is_words(left, known) && is_words(right, known);
}

bool is_service_handle(std::string_view handle, text::Range name) {
  static constexpr auto known = std::to_array<std::string_view>(
      {"app",  "ask",   "au",      "ca",   "care", "cares", "de", "es",   "eu",   "fr",       "global",
       "help", "helps", "hq",      "in",   "inc",  "india", "it", "jobs", "news", "official", "service",
       "shop", "store", "support", "team", "the",  "tv",    "uk", "us",   "usa"});
  if (name.begin > 0 && name.end < handle.size()) return false;
  const std::string rest = lower(name.begin > 0 ? handle.substr(0, name.begin) : handle.substr(name.end));
  return std::find(known.begin(), known.end(), rest) != known.end();
}

}  // namespace earshot::brand_text
