#include "entities/words.hpp"

#include <algorithm>

#include "text/utf8.hpp"
#include "text/words.hpp"

namespace earshot::entities {
namespace {

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

// The length of a run of spaceless characters: a link, a handle or a hashtag, or 0.
std::size_t special_length(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const auto run = [&](std::size_t from, auto&& inside) {
    while (from < rest.size() && inside(rest[from])) ++from;
    return from;
  };
  if (rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www."))
    return run(4, [](char c) { return !is_space(c); });
  if ((rest[0] == '@' || rest[0] == '#') && rest.size() > 1 && text::is_word(text::decode(rest, 1).value)) {
    std::size_t end = 1;
    while (end < rest.size() && end < 100) {
      const text::CodePoint c = text::decode(rest, end);
      if (!text::is_word(c.value)) break;
      end += c.length;
    }
    return end;
  }
  return 0;
}

// A word with the joints that may stand within: "don't", "Coca-Cola", "U.S.", "3.5".
std::size_t word_length(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 200;  // bytes
  std::size_t end = at;
  while (end < text.size() && end - at < longest) {
    const text::CodePoint c = text::decode(text, end);
    if (!text::is_word(c.value)) {
      const bool joint = text[end] == '-' || text[end] == '\'' || text[end] == '.' || text[end] == '&';
      if (!joint || end == at || end + 1 >= text.size() || !text::is_word(text::decode(text, end + 1).value)) break;
      if (text[end] == '.' && !is_upper(text[end + 1]) && !is_digit(text[end + 1])) break;
      if (text[end] == '.' && end - at > 3 && !is_digit(text[end + 1])) break;  // "end.Next"
    }
    end += c.length;
  }
  return end - at;
}

}  // namespace

std::size_t read_words(std::string_view text, std::size_t from, std::size_t most, std::vector<Word>& words) {
  std::size_t at = from;
  while (at < text.size() && words.size() < most) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    if (text::decode(text, at).value == text::invalid_byte) {  // of no word, so that ranges stay true
      ++at;
      continue;
    }
    std::size_t length = special_length(text, at);
    if (length == 0) length = word_length(text, at);
    if (length == 0) length = text::decode(text, at).length;
    std::string_view word = text.substr(at, length);
    // "Anna's" is two: the possessive is no part of a name.
    const bool possessive = word.size() > 2 && (word.ends_with("'s") || word.ends_with("'S"));
    if (possessive) word.remove_suffix(2);
    words.push_back({word, static_cast<std::uint32_t>(at)});
    if (possessive) words.push_back({text.substr(at + word.size(), 2), static_cast<std::uint32_t>(at + word.size())});
    at += length;
  }
  return at;
}

std::string normal_form(std::string_view word) {
  if (word.starts_with("http") || word.starts_with("www.")) return "http";
  if (word.size() > 1 && word[0] == '@') return "@";
  if (!word.empty() &&
      std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c) || c == '.' || c == ','; }) &&
      std::any_of(word.begin(), word.end(), is_digit))
    return "0";
  std::string form(word.substr(0, 40));
  for (char& c : form)
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  return form;
}

std::string shape_of(std::string_view word) {
  std::string shape;
  for (std::size_t i = 0; i < word.size() && shape.size() < 6; ++i) {
    const char c = word[i];
    const char kind = is_upper(c) ? 'X' : c >= 'a' && c <= 'z' ? 'x' : is_digit(c) ? 'd' : (c & 0x80) != 0 ? 'u' : c;
    if (shape.empty() || shape.back() != kind) shape.push_back(kind);
  }
  return shape;
}

}  // namespace earshot::entities
