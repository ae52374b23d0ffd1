#include "perception/features.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace earshot::perception {
namespace {

using model::combine;
using model::Features;
using model::hash;
using model::Token;
using model::TokenKind;
using model::Tokens;

constexpr std::uint64_t kPraises = hash("praises"), kBlames = hash("blames"), kBalance = hash("balance"),
                        kLastPolar = hash("last polar"), kEndsWith = hash("ends with"), kLength = hash("length"),
                        kShouting = hash("shouting"), kMarks = hash("marks");
constexpr std::uint64_t kAddressed = hash("addressed"), kAsked = hash("asked"), kOpening = hash("opening"),
                        kOpeningAddressed = hash("opening addressed"), kOpeningPair = hash("opening pair"),
                        kService = hash("service"), kServiceAddressed = hash("service addressed");
constexpr std::uint64_t kTargeted = hash("targeted"), kClause = hash("clause"), kClausePair = hash("clause pair"),
                        kClauseNot = hash("clause negated"), kBefore = hash("before"), kAfter = hash("after"),
                        kOutside = hash("outside"), kName = hash("name"), kNearPolar = hash("near polar"),
                        kClauseBalance = hash("clause balance"), kWindowBalance = hash("window balance"),
                        kTurn = hash("turn"), kAt = hash("at");
using Index = std::ptrdiff_t;
constexpr Index kReach = 6;     // words to each side that are near
constexpr Index kLongest = 40;  // tokens of a clause to each side

// Small counts are told apart, large ones are not.
std::uint64_t grade(int n) {
  return static_cast<std::uint64_t>(std::clamp(n, -4, 4) + 8);
}

// What parts a sentence so that what is said behind it may be of something else.
bool is_turn(std::string_view word) {
  static constexpr auto words =
      std::to_array<std::string_view>({"although", "because", "but", "except", "however", "than", "though", "unlike",
                                       "unless", "versus", "vs", "whereas", "while", "yet"});
  return std::binary_search(words.begin(), words.end(), word);
}
bool parts(const Tokens& tokens, const Token& token) {
  const std::string_view normal = tokens.normal(token);
  if (token.kind == TokenKind::sign) return normal.find_first_of(",.;:!?()-") != std::string_view::npos;
  return token.kind == TokenKind::word && is_turn(normal);
}

// How a text speaks to a company: whether it begins with a handle, asks something, how it opens, and how often what
// goes wrong, requests and thanks come together. A question without a word of feeling is mostly neutral, and thanks
// behind a question are mostly politeness.
void add_service(std::size_t first, int balance, bool asked, Features& to) {
  const Tokens& tokens = to.tokens();
  const std::vector<Token>& all = tokens.all();
  if (first >= all.size()) return;
  const bool addressed = all[first].kind == TokenKind::handle;
  std::size_t opening = first;
  while (addressed && opening < all.size() &&
         (all[opening].kind == TokenKind::handle || all[opening].kind == TokenKind::sign))
    ++opening;
  constexpr float weight = 0.3F;
  const auto polar = static_cast<std::uint64_t>(std::clamp(balance, -2, 2) + 2);
  const std::uint64_t manner = (addressed ? 2 : 0) + (asked ? 1 : 0);
  to.add(combine(kAddressed, manner * 8 + polar), weight), to.add(combine(kAsked, manner & 1), weight);
  if (addressed) to.add(kAddressed, weight);
  if (opening < all.size()) {
    to.add(combine(addressed ? kOpeningAddressed : kOpening, all[opening].hash), weight);
    to.add(combine(kOpening, all[opening].hash), weight / 2);
    if (opening + 1 < all.size())
      to.add(combine(combine(kOpeningPair, all[opening].hash), all[opening + 1].hash), weight);
  }
  std::uint64_t together = 0;
  for (std::size_t list = 0; list < 3; ++list) together = together * 3 + std::min(to.listed(list), 2U);
  to.add(combine(kService, together * 2 + (manner & 1)), weight);
  if (addressed) to.add(combine(kServiceAddressed, together * 2 + (manner & 1)), weight);
}

}  // namespace

void Reader::read(std::string_view text, Features& to) const {
  const std::size_t first = to.tokens().all().size();
  extractor_.read(text, to);
  const std::vector<Token>& all = to.tokens().all();
  int praises = 0, blames = 0, last = 0, shouts = 0, marks = 0;
  bool asked = false;
  for (std::size_t i = first; i < all.size(); ++i) {
    const Token& token = all[i];
    shouts += token.shouted;
    if (token.kind == TokenKind::sign) {
      const std::string_view sign = to.tokens().normal(token);
      marks += sign.find('!') != std::string_view::npos;
      asked = asked || sign.find('?') != std::string_view::npos;
      continue;
    }
    const int p = lexicon_.polarity(token);
    praises += p > 0, blames += p < 0;
    if (p != 0) last = p;
  }
  constexpr float weight = 0.3F;
  to.add(combine(kPraises, grade(praises)), weight), to.add(combine(kBlames, grade(blames)), weight);
  to.add(kPraises, std::log1p(static_cast<float>(praises)) * weight);
  to.add(kBlames, std::log1p(static_cast<float>(blames)) * weight);
  to.add(combine(kBalance, grade(praises - blames)), weight);
  to.add(combine(kLastPolar, grade(last)), weight);
  to.add(combine(kShouting, grade(shouts)), weight / 2), to.add(combine(kMarks, grade(marks)), weight / 2);
  const int words = static_cast<int>(all.size() - first);
  to.add(combine(kLength, grade(words / 6)), weight / 2);
  if (words > 0) to.add(combine(kEndsWith, all.back().hash), weight);
  if (extractor_.options().lexicon == model::LexiconName::service) add_service(first, praises - blames, asked, to);
}

void Reader::target(Features& to, std::uint16_t text, std::uint32_t begin, std::uint32_t end, float share) const {
  const Tokens& tokens = to.tokens();
  const std::vector<Token>& all = tokens.all();
  Index first = 0, stop = static_cast<Index>(all.size());
  const auto token = [&](Index i) -> const Token& { return all[static_cast<std::size_t>(i)]; };
  while (first < stop && (token(first).text != text || token(first).end <= begin)) ++first;
  Index after = first;
  while (after < stop && token(after).begin < end) ++after;
  if (after == first) return;
  Index low = first, high = after;
  const auto inside = [&](Index i) { return i >= 0 && i < stop && token(i).text == text; };
  while (inside(low - 1) && first - low < kLongest && !parts(tokens, token(low - 1))) --low;
  while (inside(high) && high - after < kLongest && !parts(tokens, token(high))) ++high;

  to.add(kTargeted, 0.3F * share);
  const float in_clause = share * model::FeatureView::value_of(static_cast<std::size_t>(high - low));
  std::uint64_t before = model::detail::kBoundary;
  int balance = 0, window = 0, outside = 0;
  for (Index i = low; i < high; ++i) {
    const bool own = i >= first && i < after;
    const std::uint64_t word = own ? kName : token(i).hash;
    if (!own) {
      to.add(combine(kClause, word), in_clause);
      if (token(i).negated) to.add(combine(kClauseNot, word), in_clause);
      balance += lexicon_.polarity(token(i));
    }
    if (word != kName || before != kName) to.add(combine(combine(kClausePair, before), word), in_clause);
    before = word;
  }
  const auto side = [&](Index from, Index step, std::uint64_t name) {
    int near = 0, polar = 0;
    for (Index i = from; inside(i) && near < kReach; i += step) {
      ++near;
      const float value = share * 0.5F / std::sqrt(static_cast<float>(near));
      to.add(combine(name, token(i).hash), value);
      if (near <= 2) to.add(combine(combine(name, kAt + static_cast<std::uint64_t>(near)), token(i).hash), value / 2);
      const int p = lexicon_.polarity(token(i));
      window += p;
      if (p != 0 && polar == 0) {
        polar = p;
        to.add(combine(combine(name, kNearPolar), grade(p)), share * 0.5F / static_cast<float>(near));
      }
    }
  };
  side(first - 1, -1, kBefore), side(after, 1, kAfter);
  for (Index i = std::max<Index>(0, low - kLongest); i < std::min(stop, high + kLongest); ++i)
    if (inside(i) && (i < low || i >= high)) {
      outside += lexicon_.polarity(token(i));
      to.add(combine(kOutside, token(i).hash), in_clause * 0.5F);
    }
  to.add(combine(kClauseBalance, grade(balance)), 0.5F * share);
  to.add(combine(kWindowBalance, grade(window)), 0.5F * share);
  to.add(combine(kOutside, grade(outside)), 0.3F * share);
  to.add(combine(combine(kClauseBalance, grade(balance)), grade(outside)), 0.3F * share);
  if (inside(low - 1)) to.add(combine(combine(kTurn, kBefore), token(low - 1).hash), 0.3F * share);
  if (inside(high)) to.add(combine(combine(kTurn, kAfter), token(high).hash), 0.3F * share);
  for (Index i = first; i < after; ++i) to.add(combine(kName, token(i).hash), 0.25F * share);
}

}  // namespace earshot::perception
