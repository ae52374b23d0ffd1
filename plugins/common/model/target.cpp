#include "model/target.hpp"

#include <algorithm>
#include <array>

namespace earshot::model {
namespace {

constexpr std::uint64_t kClause = hash("clause"), kClausePair = hash("clause pair"), kNear = hash("near"),
                        kLeft = hash("left"), kRight = hash("right"), kTarget = hash("target"),
                        kNot = hash("clause negated");
constexpr std::ptrdiff_t kReach = 4;     // words to each side that are near
constexpr std::ptrdiff_t kLongest = 40;  // words of a clause to each side

bool is_wordlike(const Token& token) {
  return token.kind != TokenKind::sign;
}

// Words that part a sentence as a comma does.
bool parts(const Tokens& tokens, const Token& token) {
  static constexpr auto words = std::to_array<std::string_view>(
      {"although", "besides", "but", "except", "however", "though", "whereas", "while", "yet"});
  const std::string_view normal = tokens.normal(token);
  if (!is_wordlike(token)) return normal.find_first_of(",.;:!?()-") != std::string_view::npos;
  return std::binary_search(words.begin(), words.end(), normal);
}

struct Span {
  std::ptrdiff_t first, last;  // tokens of the target, `last` included
};

Span tokens_of(const std::vector<Token>& all, std::uint16_t text, std::uint32_t begin, std::uint32_t end) {
  Span span{0, -1};
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].text != text || all[i].end <= begin || all[i].begin >= end) continue;
    if (span.last < span.first) span.first = static_cast<std::ptrdiff_t>(i);
    span.last = static_cast<std::ptrdiff_t>(i);
  }
  return span;
}

}  // namespace

void add_target(Features& features, std::uint16_t text, std::uint32_t begin, std::uint32_t end) {
  const std::vector<Token>& all = features.tokens().all();
  const Span target = tokens_of(all, text, begin, end);
  if (target.last < target.first) return;
  const auto token = [&](std::ptrdiff_t i) -> const Token& { return all[static_cast<std::size_t>(i)]; };
  const auto inside = [&](std::ptrdiff_t i) {
    return i >= 0 && i < static_cast<std::ptrdiff_t>(all.size()) && token(i).text == text;
  };
  std::ptrdiff_t first = target.first, last = target.last;
  while (inside(first - 1) && target.first - first < kLongest && !parts(features.tokens(), token(first - 1))) --first;
  while (inside(last + 1) && last - target.last < kLongest && !parts(features.tokens(), token(last + 1))) ++last;

  const float in_clause = FeatureView::value_of(static_cast<std::size_t>(last - first + 1));
  std::uint64_t before = 0;
  for (std::ptrdiff_t i = first; i <= last; ++i) {
    const bool own = i >= target.first && i <= target.last;
    const std::uint64_t word = own ? kTarget : token(i).hash;
    if (!own) {
      features.add(combine(kClause, word), in_clause);
      if (token(i).negated) features.add(combine(kNot, word), in_clause);
    }
    if (word != before) features.add(combine(combine(kClausePair, before), word), in_clause);
    before = word;
  }
  constexpr float near = 0.35F;  // of about eight words, 1 / sqrt(8)
  std::ptrdiff_t left = 0, right = 0;
  for (std::ptrdiff_t i = target.first - 1; inside(i) && left < kReach; --i)
    if (is_wordlike(token(i))) {
      ++left;
      features.add(combine(kNear, token(i).hash), near), features.add(combine(kLeft, token(i).hash), near / 2);
    }
  for (std::ptrdiff_t i = target.last + 1; inside(i) && right < kReach; ++i)
    if (is_wordlike(token(i))) {
      ++right;
      features.add(combine(kNear, token(i).hash), near), features.add(combine(kRight, token(i).hash), near / 2);
    }
  for (std::ptrdiff_t i = target.first; i <= target.last; ++i) features.add(combine(kTarget, token(i).hash), near);
}

}  // namespace earshot::model
