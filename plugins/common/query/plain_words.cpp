#include "query/plain_words.hpp"

#include <algorithm>
#include <unordered_set>

#include "query/fields.hpp"
#include "query/required.hpp"
#include "query/tokens.hpp"
#include "text/utf8.hpp"

namespace earshot::query {
namespace {

bool is_word_byte(char c) {
  return is_ascii_word(static_cast<unsigned char>(c));
}

// Calls use(begin, end) for each run of letters and digits of ASCII.
template <class Use>
void each_run(std::string_view text, Use&& use) {
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_word_byte);
    const auto end = std::find_if_not(begin, text.end(), is_word_byte);
    at = static_cast<std::size_t>(end - text.begin());
    if (begin != end) use(static_cast<std::size_t>(begin - text.begin()), at);
  }
}

// Dashes, quotes, dots and blanks, which part words everywhere.
bool parts_words(char32_t c) {
  return c < 0x80 || c == 0xA0 || (c >= 0x2010 && c <= 0x2027);
}

// Any index of words has the run as a word.
bool is_apart(std::string_view text, std::size_t begin, std::size_t end) {
  return (begin == 0 || parts_words(text::decode_before(text, begin).value)) &&
         (end == text.size() || parts_words(text::decode(text, end).value));
}

}  // namespace

void append_plain_words(std::string& to, std::string_view text, const SearchFold& fold, text::FoldedTexts& memory) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return;
  std::string found;
  append_scan_form(found, text, fold, memory);
  std::unordered_set<std::string> known;
  each_run(text, [&](std::size_t begin, std::size_t end) {
    if (is_apart(text, begin, end)) known.insert(lower(text.substr(begin, end - begin)));
  });
  each_run(found, [&](std::size_t begin, std::size_t end) {
    std::string word = found.substr(begin, end - begin);
    if (const auto [at, fresh] = known.insert(std::move(word)); fresh) to.append(*at) += ' ';
  });
}

}  // namespace earshot::query
