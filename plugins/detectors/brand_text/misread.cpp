#include "brand_text/misread.hpp"

#include <algorithm>

#include "text/utf8.hpp"
#include "text/words.hpp"

namespace earshot::brand_text {
namespace {

constexpr std::size_t kShortest = 4;      // letters of a name
constexpr std::size_t kMoreWords = 2;     // than the name has: spaces put into it
constexpr std::size_t kMostWords = 5000;  // of a text
constexpr unsigned kNone = 99;

// The one sign for all that are mistaken for each other.
char same_reading(char c) {
  switch (c) {
    case 'i':
    case '1':
    case '|':
    case '!':
      return 'l';
    case '0':
      return 'o';
    case '5':
    case '$':
      return 's';
    case '8':
      return 'b';
    default:
      return c;
  }
}

bool is_letter(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '|' ||
         c == '$' || c == '!';
}

// One sign of a word with what it may be taken for: "rn" is one with "m".
struct Sign {
  char32_t like;
  std::size_t length;  // bytes
};
Sign sign_at(std::string_view text, std::size_t at, const Confusables& confusables) {
  const auto one = [&](std::size_t i) -> Sign {
    const text::CodePoint c = text::decode(text, i);
    const char ascii = c.value < 0x80 ? static_cast<char>(c.value) : confusables.ascii_like(c.value);
    return {ascii != '\0' ? static_cast<char32_t>(same_reading(ascii)) : c.value, c.length};
  };
  const Sign sign = one(at);
  if (at + sign.length >= text.size()) return sign;
  const Sign next = one(at + sign.length);
  const std::size_t both = sign.length + next.length;
  if (sign.like == 'r' && next.like == 'n') return {'m', both};
  if (sign.like == 'v' && next.like == 'v') return {'w', both};
  if (sign.like == 'c' && next.like == 'l') return {'d', both};
  return sign;
}

std::size_t letters_in(std::string_view folded) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < folded.size(); at += text::decode(folded, at).length) count += folded[at] != ' ';
  return count;
}

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

// Words by spaces and signs that stand between them; "!" and "$" count inside a word alone.
void words_of(std::string_view folded, std::vector<text::Range>& to) {
  to.clear();
  for (std::size_t at = 0; at < folded.size() && to.size() < kMostWords;) {
    std::size_t end = at;
    while (end < folded.size() && is_letter(folded[end])) ++end;
    std::size_t first = at, last = end;
    while (first < last && (folded[first] == '!' || folded[first] == '$')) ++first;
    while (last > first && (folded[last - 1] == '!' || folded[last - 1] == '$')) --last;
    if (last > first) to.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)});
    at = end + 1;
  }
}

}  // namespace

void Misread::load(const std::vector<WatchItem>& items, std::shared_ptr<const Model> model) {
  model_ = std::move(model);
  std::string key;
  for (std::uint32_t item = 0; item < items.size(); ++item)
    for (const std::string& written : items[item].names) {
      if (!items[item].writings.misread) continue;
      const std::string folded = model_->folder().fold(written);
      const auto words = static_cast<std::size_t>(std::count(folded.begin(), folded.end(), ' ')) + 1;
      const bool plain = std::all_of(folded.begin(), folded.end(), [](char c) { return c == ' ' || is_letter(c); });
      if (letters_in(folded) < kShortest || !plain) continue;
      const std::string joined = without_spaces(folded);
      make_key(joined, key);
      by_key_.emplace(key, static_cast<std::uint32_t>(names_.size()));
      most_words_ = std::max(most_words_, words), longest_ = std::max(longest_, joined.size());
      names_.push_back({item, items[item].id, written, joined, words});
    }
}

void Misread::make_key(std::string_view folded, std::string& to) const {
  to.clear();
  for (std::size_t at = 0; at < folded.size();) {
    const Sign sign = sign_at(folded, at, model_->confusables());
    if (sign.like < 0x80) {
      to += static_cast<char>(sign.like);
    } else {
      to.append(folded.substr(at, sign.length));
    }
    at += sign.length;
  }
}

unsigned Misread::errors(std::string_view read, std::size_t words, const Name& name) const {
  unsigned wrong = words == name.words ? 0 : 1;
  std::size_t r = 0, n = 0, letters = 0;
  for (; r < read.size() && n < name.folded.size(); ++letters) {
    const Sign a = sign_at(read, r, model_->confusables()), b = sign_at(name.folded, n, model_->confusables());
    wrong += read.substr(r, a.length) == std::string_view(name.folded).substr(n, b.length) ? 0 : 1;
    r += a.length, n += b.length;
  }
  return wrong <= std::max<std::size_t>(letters / 3, 1) ? wrong : kNone;
}

bool Misread::is_ordinary(std::string_view folded) const {
  return letters_in(folded) < kShortest || model_->known().has(folded);
}

void Misread::look_up(std::string_view text, std::size_t first, std::size_t count, Scratch& scratch) const {
  const std::string_view folded = scratch.folded.bytes();
  const auto [begin, end] = by_key_.equal_range((make_key(scratch.joined, scratch.key), scratch.key));
  if (begin == end) return;
  // Ordinary words in a row are no name that was read wrongly.
  bool ordinary = true;
  for (std::size_t i = first; i < first + count; ++i)
    ordinary =
        ordinary && is_ordinary(folded.substr(scratch.words[i].begin, scratch.words[i].end - scratch.words[i].begin));
  const auto range = scratch.folded.original(0, scratch.words[first].begin, scratch.words[first + count - 1].end);
  if (!range || !text::begins_word(text, range->begin) || !text::ends_word(text, range->end)) return;
  const text::Token token = text::token_around(text, *range);
  if (token.place != text::Place::plain) return;
  for (auto at = begin; at != end; ++at) {
    const Name& name = names_[at->second];
    const bool joined_alone = count < name.words && scratch.joined == name.folded;
    if (ordinary && !joined_alone) continue;
    const unsigned wrong = errors(scratch.joined, count, name);
    if (wrong == 0 || wrong == kNone) continue;
    scratch.found.push_back({*range, name.item, name.id, name.written, std::max(0.5, 0.85 - 0.1 * wrong)});
  }
}

std::span<const Misread::Found> Misread::find(std::string_view text, std::span<const text::Range> taken,
                                              Scratch& scratch) const {
  scratch.found.clear(), scratch.folded.clear();
  if (names_.empty()) return {};
  model_->folder().append(scratch.folded, text);
  const text::Range place = scratch.folded.place(0);
  words_of(scratch.folded.bytes().substr(0, place.end), scratch.words);
  for (std::size_t first = 0; first < scratch.words.size(); ++first) {
    scratch.joined.clear();
    for (std::size_t i = first; i < scratch.words.size() && i < first + most_words_ + kMoreWords; ++i) {
      const text::Range word = scratch.words[i];
      scratch.joined.append(scratch.folded.bytes().substr(word.begin, word.end - word.begin));
      if (scratch.joined.size() > 2 * longest_) break;
      look_up(text, first, i + 1 - first, scratch);
    }
  }
  const auto overlap = [](text::Range a, text::Range b) { return a.begin < b.end && b.begin < a.end; };
  auto& found = scratch.found;
  std::erase_if(found, [&](const Found& f) {
    return std::any_of(taken.begin(), taken.end(), [&](text::Range t) { return overlap(t, f.range); });
  });
  // The longest has the place, then the one with the fewest errors; items that share a name have it together.
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    const auto a_size = a.range.end - a.range.begin, b_size = b.range.end - b.range.begin;
    return a_size != b_size ? a_size > b_size : a.score > b.score;
  });
  for (std::size_t i = 0; i < found.size(); ++i)
    found.erase(std::remove_if(found.begin() + static_cast<std::ptrdiff_t>(i) + 1, found.end(),
                               [&](const Found& f) {
                                 const bool shared =
                                     f.range == found[i].range && f.item != found[i].item && f.score == found[i].score;
                                 return overlap(f.range, found[i].range) && !shared;
                               }),
                found.end());
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.range.begin < b.range.begin; });
  return found;
}

}  // namespace earshot::brand_text
