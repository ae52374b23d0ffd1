#include "language/words.hpp"

#include <algorithm>

#include "text/utf8.hpp"

namespace earshot::language {
namespace {

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

// What names somebody or something and says nothing in any language.
bool is_left_out(std::string_view token) {
  const std::size_t at = token.find('@');
  if (at != std::string_view::npos && at + 1 < token.size()) return true;  // a handle or an address
  return token.find("://") != std::string_view::npos || token.starts_with("www.") || token.starts_with("t.co/");
}

}  // namespace

void Words::clear() {
  letters_.clear(), letters_.push_back(u' ');
  scripts_.fill(0);
  letter_count_ = word_count_ = names_ = 0;
}

void Words::add(std::string_view text) {
  const std::size_t end = std::min(text.size(), most_bytes);
  for (std::size_t at = 0; at < end && letter_count_ < most_letters;) {
    while (at < end && is_space(text[at])) ++at;
    const std::size_t begin = at;
    while (at < end && !is_space(text[at])) ++at;
    const std::string_view token = text.substr(begin, at - begin);
    if (!token.empty() && !is_left_out(token)) take(token);
  }
}

void Words::take(std::string_view token) {
  const bool hashtag = token.front() == '#';
  bool in_word = false, first_upper = false, later_upper = false, last_upper = false;
  std::size_t begin = letters_.size();
  const auto finish = [&] {
    if (!in_word) return;
    ++word_count_;
    names_ += first_upper && !later_upper && letters_.size() - begin > 1 ? 1 : 0;
    letters_.push_back(u' ');
    in_word = false;
  };
  for (std::size_t at = 0; at < token.size() && letter_count_ < most_letters;) {
    const text::CodePoint c = text::decode(token, at);
    at += c.length;
    const bool apostrophe = c.value == '\'' || c.value == 0x2019;
    const Letter letter = table_.of(c.value);
    if (letter.script == Script::common) {
      if (apostrophe && in_word && letters_.size() - begin < longest_word)
        letters_.push_back(u'\'');
      else
        finish();
      continue;
    }
    if (hashtag && in_word && letter.upper && !last_upper) finish();  // #NewShoes
    if (in_word && letters_.size() - begin >= longest_word) finish();
    if (!in_word)
      in_word = true, begin = letters_.size(), first_upper = letter.upper, later_upper = false;
    else
      later_upper = later_upper || letter.upper;
    last_upper = letter.upper;
    letters_.push_back(letter.lower);
    ++letter_count_;
    ++scripts_[static_cast<std::size_t>(letter.script)];
  }
  finish();
}

Script Words::main_script() const {
  const auto most = std::max_element(scripts_.begin() + 1, scripts_.end());
  return *most == 0 ? Script::common : static_cast<Script>(most - scripts_.begin());
}

}  // namespace earshot::language
