// features.hpp: text as hashed features of a linear model (the hashing trick: Weinberger et al. 2009): words and pairs
// of words, runs of characters inside words, words behind a negation, and whatever a detector adds of its own.
//
//   const Extractor extractor(model.info().features);        constant: any thread
//   Features features;                                       one a worker; keeps its memory
//   features.clear();
//   extractor.read(segment.text(), features);                again for each further text of the same post
//   features.add(hash("followers"), std::log1p(followers));  a detector's own, each name once
//
// A feature counts once however often it occurs. Words and character runs each weigh 1/sqrt(their number), so that long
// and short texts speak equally loud; an own feature has the value given.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/hash.hpp"
#include "model/lexicon.hpp"
#include "model/tokens.hpp"

namespace earshot::model {

// What is taken from a text. It is written into the model file: what learned and what reads agree.
struct FeatureOptions {
  unsigned bits = 18;                  // 2^bits buckets, 10 to 22
  unsigned words = 2;                  // runs of up to so many words: 0 to 3
  unsigned shortest = 3, longest = 5;  // runs of characters: 1 to 8; longest 0: none
  bool negation = true;                // words behind a "not" besides
  bool look = false;                   // links, figures, capitals, length (look.hpp)
  LexiconName lexicon = LexiconName::none;
  std::uint32_t most_bytes = 16 * 1024;  // of a text that are read, up to 64 KiB
  bool operator==(const FeatureOptions&) const = default;
};

struct OwnFeature {
  std::uint32_t bucket;
  float value;
};

// The features of one example, wherever they are kept.
struct FeatureView {
  std::span<const std::uint32_t> words, characters;  // buckets
  std::span<const OwnFeature> own;
  // What each of so many words, or runs of characters, counts.
  static float value_of(std::size_t count) { return count == 0 ? 0 : 1 / std::sqrt(static_cast<float>(count)); }
};

class Features {
 public:
  // The most of each sort; what comes behind is left out, so that sums of them stay within 32 bits.
  static constexpr std::size_t kMost = 130'000;

  void clear();
  // A feature of the detector's own.
  void add(std::uint64_t hash, float value = 1) { own_.push_back({bucket_of(hash, bits_), value}); }

  // What a detector added for one target is taken back before the next: keep_own(own_count() as it was).
  std::size_t own_count() const { return own_.size(); }
  void keep_own(std::size_t count) { own_.resize(std::min(count, own_.size())); }

  FeatureView view() const { return {{words_.data(), word_count_}, {characters_.data(), character_count_}, own_}; }

  // Words of a list of the lexicon in the text that was read last, up to four and four behind a negation.
  unsigned listed(std::size_t list) const { return listed_[list]; }

  const Tokens& tokens() const { return tokens_; }
  void set_bits(unsigned bits) { bits_ = bits; }  // where only own features are used

 private:
  friend class Extractor;
  bool is_new(std::uint32_t bucket);
  void make_room(std::size_t more_words, std::size_t more_characters);
  void next_round();

  Tokens tokens_;
  std::vector<std::uint32_t> words_, characters_;  // buckets; capacity grows, the counts below are what is used
  std::size_t word_count_ = 0, character_count_ = 0;
  std::vector<OwnFeature> own_;
  std::array<std::uint8_t, WordLists::kMost> listed_{};
  // Open addressing over the first mask_ + 1 slots; one of an earlier round is free.
  std::vector<std::uint64_t> seen_;  // round << 32 | bucket
  std::size_t mask_ = 0;
  std::uint32_t round_ = 0;
  unsigned bits_ = 18;
};

class Extractor {
 public:
  // Throws std::invalid_argument where an option is out of its bounds.
  explicit Extractor(FeatureOptions options = {});
  const FeatureOptions& options() const { return options_; }

  // Adds the features of one more text.
  void read(std::string_view text, Features& to) const;

  // Calls words(bucket, first, last) and characters(bucket, token) for each feature of tokens [first, end), each time
  // that it occurs: token numbers, `last` included.
  template <class Words, class Characters>
  void walk(const Tokens& tokens, std::size_t first, Words&& words, Characters&& characters) const;

 private:
  template <class Characters>
  void runs(std::string_view word, std::size_t token, Characters& characters) const;

  FeatureOptions options_;
};

namespace detail {
inline constexpr std::uint64_t kWord = hash("word"), kNegated = hash("negated"), kHashtag = hash("hashtag"),
                               kShouted = hash("shouted"), kElongated = hash("elongated"), kPair = hash("pair"),
                               kBoundary = hash("boundary"), kListed = hash("listed");
}

// Calls listed(feature, token, list) for each word of a list: the first of each list, the second, up to the fourth,
// those behind a negation apart.
template <class Listed>
void walk_lists(const WordLists& lists, const Tokens& tokens, std::size_t first, Listed&& listed) {
  std::array<std::uint64_t, 2 * std::size_t{WordLists::kMost}> count{};
  for (std::size_t i = first; i < tokens.all().size(); ++i) {
    const Token& token = tokens.all()[i];
    for (unsigned in = lists.lists_with(token.hash), list = 0; in != 0; in >>= 1, ++list) {
      const std::size_t which = 2 * list + (token.negated ? 1 : 0);
      if ((in & 1) != 0 && count[which] < 4)
        listed(hash_step(combine(detail::kListed, which), ++count[which]), i, list);
    }
  }
}
inline constexpr float kListedValue = 0.3F;

template <class Words, class Characters>
void Extractor::walk(const Tokens& tokens, std::size_t first, Words&& words, Characters&& characters) const {
  using namespace detail;
  const std::vector<Token>& all = tokens.all();
  const auto say = [&](std::uint64_t h, std::size_t from, std::size_t to) {
    words(bucket_of(h, options_.bits), from, to);
  };
  std::uint64_t before = kBoundary, before_that = kBoundary;
  for (std::size_t i = first; i < all.size(); ++i) {
    const Token& token = all[i];
    if (options_.words > 0) {
      say(combine(kWord, token.hash), i, i);
      if (token.negated && options_.negation) say(combine(kNegated, token.hash), i, i);
      if (token.kind == TokenKind::hashtag) say(combine(kHashtag, token.hash), i, i);
      if (token.shouted) say(kShouted, i, i);
      if (token.elongated) say(kElongated, i, i);
    }
    if (options_.words > 1) say(combine(combine(kPair, before), token.hash), before == kBoundary ? i : i - 1, i);
    if (options_.words > 2 && before != kBoundary && before_that != kBoundary)
      say(combine(combine(before_that, before), token.hash), i - 2, i);
    const bool clause = token.kind == TokenKind::sign;
    before_that = clause ? kBoundary : before;
    before = clause ? kBoundary : token.hash;
    if (options_.longest > 0 && (token.kind == TokenKind::word || token.kind == TokenKind::hashtag))
      runs(tokens.normal(token), i, characters);
  }
}

// The word with a mark before and behind it, so that a prefix differs from what stands in the middle.
template <class Characters>
void Extractor::runs(std::string_view word, std::size_t token, Characters& characters) const {
  constexpr std::uint64_t mark = 1;
  const auto size_at = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(word[at]);
    return std::min<std::size_t>(first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4, word.size() - at);
  };
  const auto from = [&](std::size_t at, std::uint64_t h, unsigned length) {
    while (length < options_.longest && at <= word.size()) {
      std::uint64_t c = mark;
      std::size_t size = 1;
      if (at < word.size()) {
        c = static_cast<unsigned char>(word[at]), size = size_at(at);
        for (std::size_t i = 1; i < size; ++i) c = c << 8 | static_cast<unsigned char>(word[at + i]);
      }
      h = hash_step(h, c), at += size;
      if (++length >= options_.shortest) characters(bucket_of(h, options_.bits), token);
    }
  };
  from(0, hash_step(kHashStart, mark), 1);
  for (std::size_t at = 0; at < word.size(); at += size_at(at)) from(at, kHashStart, 0);
}

}  // namespace earshot::model
