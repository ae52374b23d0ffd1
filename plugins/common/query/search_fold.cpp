#include "query/search_fold.hpp"

#include <unicode/normalizer2.h>

#include <algorithm>
#include <array>

#include "text/utf8.hpp"

namespace earshot::query {
namespace {

// Latin and Greek with accents; the rest of Unicode keeps its marks, which tell words apart there.
constexpr char32_t kFirst = 0xC0, kLastLow = 0x3FF, kFirstHigh = 0x1E00, kLastHigh = 0x1FFF;
constexpr std::size_t kLow = kLastLow - kFirst + 1, kAll = kLow + kLastHigh - kFirstHigh + 1;

std::size_t index_of(char32_t c) {
  if (c >= kFirst && c <= kLastLow) return c - kFirst;
  if (c >= kFirstHigh && c <= kLastHigh) return kLow + c - kFirstHigh;
  return kAll;
}
bool is_accent(char32_t c) {
  return c >= 0x300 && c <= 0x36F;
}

// Letters with a stroke have no decomposition.
char32_t without_stroke(char32_t c) {
  switch (c) {
    case 0xF8:
      return 'o';
    case 0x142:
      return 'l';
    case 0x111:
      return 'd';
    case 0x131:
      return 'i';
    default:
      return c;
  }
}

}  // namespace

struct SearchFold::Tables {
  std::array<char32_t, kAll> base;  // the letter without its accents

  Tables() {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(error);
    for (std::size_t i = 0; i < kAll; ++i) {
      const char32_t c = static_cast<char32_t>(i < kLow ? kFirst + i : kFirstHigh + i - kLow);
      icu::UnicodeString parts;
      const bool splits = U_SUCCESS(error) && nfd->getDecomposition(static_cast<UChar32>(c), parts) != 0;
      base[i] = without_stroke(splits ? static_cast<char32_t>(parts.char32At(0)) : c);
    }
  }
};

SearchFold::SearchFold() : tables_(std::make_unique<const Tables>()) {}
SearchFold::~SearchFold() = default;

void SearchFold::append(std::string& to, std::string_view word, text::FoldedTexts& memory) const {
  const bool ascii = std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) {
    for (const char c : word) to += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    return;
  }
  memory.clear();
  folder_.append(memory, word);
  const text::Range place = memory.place(0);
  strip(to, memory.bytes().substr(place.begin, place.end - place.begin));
}

void SearchFold::strip(std::string& to, std::string_view folded) const {
  const auto put = [&](char32_t c) {
    if (c < 0x80) return void(to += static_cast<char>(c));
    if (c < 0x800) return void((to += static_cast<char>(0xC0 | c >> 6)) += static_cast<char>(0x80 | (c & 0x3F)));
    ((to += static_cast<char>(0xE0 | c >> 12)) += static_cast<char>(0x80 | (c >> 6 & 0x3F))) +=
        static_cast<char>(0x80 | (c & 0x3F));
  };
  bool after_stripped = false;  // an accent behind a Latin or Greek letter goes with those that it had
  for (std::size_t at = 0; at < folded.size();) {
    const text::CodePoint c = text::decode(folded, at);
    const std::size_t index = index_of(c.value);
    const bool letter = (c.value < 0x80 && c.value > ' ') || index < kAll;
    if (!(after_stripped && is_accent(c.value))) {
      if (index < kAll)
        put(tables_->base[index]);
      else
        to.append(folded.substr(at, c.length));
      after_stripped = letter;
    }
    at += c.length;
  }
}

std::string SearchFold::fold(std::string_view text) const {
  std::string all;
  text::FoldedTexts memory;
  append(all, text, memory);
  return all;
}

}  // namespace earshot::query
