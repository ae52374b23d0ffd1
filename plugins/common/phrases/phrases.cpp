#include "phrases/phrases.hpp"

#include <unicode/utf16.h>

#include <algorithm>

#include "model/hash.hpp"
#include "phrases/stop_words.hpp"
#include "text/utf8.hpp"
#include "text/words.hpp"

namespace earshot::phrases {
namespace {

constexpr std::size_t kMostWords = 1024;  // of one post
constexpr std::size_t kLongestWord = 100;

bool is_spaceless_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]) >= 0x80 && text::is_spaceless(text::decode(text, at).value);
}

// The first letters of a word; without a "#", so that a hashtag is the word.
std::string_view beginning(std::string_view word) {
  constexpr std::size_t kLetters = 7;
  if (word.starts_with('#')) word.remove_prefix(1);
  std::size_t letters = 0;
  for (std::size_t at = 0; at < word.size(); ++at)
    if ((static_cast<unsigned char>(word[at]) & 0xC0) != 0x80 && ++letters > kLetters) return word.substr(0, at);
  return word.size() > 3 && word.ends_with('s') ? word.substr(0, word.size() - 1) : word;
}

}  // namespace

void Phrases::clear() {
  normal_.clear(), words_.clear(), phrases_.clear(), texts_ = 0;
}

void Phrases::add(const Word& word, std::string_view normal) {
  Word& w = words_.emplace_back(word);
  w.text = texts_;
  w.at = static_cast<std::uint32_t>(normal_.size()), w.size = static_cast<std::uint32_t>(normal.size());
  w.hash = model::hash(normal);
  normal_ += normal;
}

void Phrases::read(std::string_view text, std::size_t most_bytes) {
  tokens_.clear();
  tokens_.read(text, most_bytes);
  const std::vector<model::Token>& all = tokens_.all();
  for (std::size_t i = 0; i < all.size() && words_.size() < kMostWords; ++i) {
    const model::Token& token = all[i];
    const std::string_view normal = tokens_.normal(token);
    Word word;
    word.begin = token.begin, word.end = token.end;
    if (token.kind == model::TokenKind::word && is_spaceless_at(text, token.begin)) {
      std::size_t last = i;
      while (last + 1 < all.size() && all[last + 1].begin == all[last].end && last - i < 500 &&
             all[last + 1].kind == model::TokenKind::word && is_spaceless_at(text, all[last + 1].begin))
        ++last;
      add_run(text, token.begin, all[last].end);
      i = last;
      continue;
    }
    if (token.kind == model::TokenKind::word) {
      word.stop = normal.size() < 2 || normal.size() > kLongestWord || is_stop_word(normal);
    } else if (token.kind == model::TokenKind::hashtag) {
      word.alone = true, word.is_break = normal.size() < 2 || normal.size() > kLongestWord;
      const std::string tag = "#" + std::string(normal.substr(normal[0] == '#' ? 1 : 0));
      add(word, tag);
      continue;
    } else if (token.kind == model::TokenKind::number) {
      word.number = true;
      add(word, text.substr(token.begin, std::min<std::size_t>(token.end - token.begin, kLongestWord)));
      continue;
    } else {
      word.is_break = true;
    }
    add(word, normal);
  }
  ++texts_;
}

// A stretch of a script without spaces.
void Phrases::add_run(std::string_view text, std::size_t first, std::size_t last) {
  wide_.clear(), places_.clear();
  for (std::size_t at = first; at < last;) {
    const text::CodePoint c = text::decode(text, at);
    const char32_t value = c.value == text::invalid_byte ? U' ' : c.value;
    for (int i = 0; i < U16_LENGTH(value); ++i) places_.push_back(static_cast<std::uint32_t>(at));
    if (value > 0xFFFF) {
      wide_ += static_cast<char16_t>(U16_LEAD(value));
      wide_ += static_cast<char16_t>(U16_TRAIL(value));
    } else {
      wide_ += static_cast<char16_t>(value);
    }
    at += c.length;
  }
  places_.push_back(static_cast<std::uint32_t>(last));
  UErrorCode status = U_ZERO_ERROR;
  if (!breaker_) breaker_.reset(ubrk_open(UBRK_WORD, "", nullptr, 0, &status));
  if (U_SUCCESS(status)) ubrk_setText(breaker_.get(), wide_.data(), static_cast<std::int32_t>(wide_.size()), &status);
  if (U_FAILURE(status)) return;
  std::int32_t from = ubrk_first(breaker_.get());
  for (std::int32_t to = ubrk_next(breaker_.get()); to != UBRK_DONE; from = to, to = ubrk_next(breaker_.get())) {
    Word word;
    word.begin = places_[static_cast<std::size_t>(from)], word.end = places_[static_cast<std::size_t>(to)];
    word.spaceless = true;
    const std::string_view normal = text.substr(word.begin, word.end - word.begin);
    const bool is_one = to - from == 1;  // one sign of a script without spaces is rarely a word
    word.stop = is_one || normal.size() > kLongestWord || is_stop_word(normal);
    word.is_break = !text::is_word(text::decode(normal, 0).value);
    add(word, normal);
  }
}

std::string Phrases::normal(const Phrase& phrase) const {
  std::string all;
  for (std::size_t i = phrase.first; i < phrase.first + phrase.words; ++i) {
    const Word& word = words_[i];
    const bool close = i > phrase.first && word.spaceless && words_[i - 1].spaceless;
    if (i > phrase.first && !close) all += ' ';
    all += std::string_view(normal_).substr(word.at, word.size);
  }
  return all;
}

std::uint64_t Phrases::stem(const Phrase& phrase) const {
  std::uint64_t hash = 0;
  for (std::size_t i = phrase.first; i < phrase.first + phrase.words; ++i) {
    std::string_view word = std::string_view(normal_).substr(words_[i].at, words_[i].size);
    if (!words_[i].spaceless) word = beginning(word);
    hash = (hash ^ model::hash(word)) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
  }
  return hash;
}

}  // namespace earshot::phrases
