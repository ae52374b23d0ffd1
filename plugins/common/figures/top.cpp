#include <algorithm>
#include <cmath>

#include "figures/scan.hpp"

namespace earshot::figures {
namespace {

using store::Fact;
using store::kUnknown;

struct Sums {
  std::int64_t posts = 0, unique_posts = 0, negative = 0, positive = 0, reach = 0, engagement = 0;
};

void add(Sums& to, const Fact& fact) {
  ++to.posts;
  if (!fact.is_copy()) ++to.unique_posts;
  if (fact.sentiment() == store::Sentiment::negative) ++to.negative;
  if (fact.sentiment() == store::Sentiment::positive) ++to.positive;
  if (fact.reach != kUnknown) to.reach += fact.reach;
  if (fact.engagement != kUnknown) to.engagement += fact.engagement;
}

template <class To>
void scale(To& to, const Scope& scope) {
  if (scope.query == nullptr || scope.query->exact()) return;
  for (std::int64_t* n : {&to.posts, &to.negative, &to.positive, &to.reach, &to.engagement})
    *n = std::llround(static_cast<double>(*n) * scope.query->weight);
}

Ranked ranked(const Sums& sums) {
  Ranked out;
  out.posts = sums.posts, out.unique_posts = sums.unique_posts, out.negative = sums.negative;
  out.positive = sums.positive, out.reach = sums.reach, out.engagement = sums.engagement;
  return out;
}

// The `most` largest by posts; numbers decide where these are alike, so that the same comes every time.
template <class Number>
void keep_largest(std::vector<std::pair<Number, Sums>>& all, std::size_t most) {
  const auto before = [](const auto& a, const auto& b) {
    return a.second.posts != b.second.posts ? a.second.posts > b.second.posts : a.first < b.first;
  };
  const std::size_t n = std::min(most, all.size());
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n), all.end(), before);
  all.resize(n);
}

// What of a post the terms need to know, in a byte.
constexpr std::uint8_t kThere = 1, kUnique = 2, kNegative = 4, kPositive = 8;

std::uint8_t mark_of(const Fact& fact) {
  return static_cast<std::uint8_t>(kThere | (fact.is_copy() ? 0 : kUnique) |
                                   (fact.sentiment() == store::Sentiment::negative ? kNegative : 0) |
                                   (fact.sentiment() == store::Sentiment::positive ? kPositive : 0));
}

}  // namespace

std::string_view word_of(By by) {
  static constexpr std::string_view plain[] = {"platform", "language", "country", "source", "kind"};
  return is_plain(by) ? plain[static_cast<std::size_t>(by)]
                      : store::kTermWords[static_cast<std::size_t>(by) - std::size_t{kPlain}];
}

std::vector<Ranked> Figures::top(const Scope& scope, By by, std::size_t most) {
  return is_plain(by) ? top_plain(scope, by, most) : top_terms(scope, by, most);
}

std::vector<Ranked> Figures::top_plain(const Scope& scope, By by, std::size_t most) {
  std::vector<Sums> sums;
  scan(scope, [&](const Fact& fact, std::int64_t) {
    const std::uint16_t number = number_in(fact, by);
    if (number == 0) return;
    if (number >= sums.size()) sums.resize(number + std::size_t{1});
    add(sums[number], fact);
  });
  std::vector<std::pair<std::uint32_t, Sums>> all;
  for (std::uint32_t i = 1; i < sums.size(); ++i)
    if (sums[i].posts > 0) all.emplace_back(i, sums[i]);
  keep_largest(all, most);
  std::vector<Ranked> out;
  for (const auto& [number, of] : all) {
    out.push_back(ranked(of));
    out.back().value = number == store::kOther ? "others" : name_of(word_of(by), number);
    scale(out.back(), scope);
  }
  return out;
}

std::vector<Ranked> Figures::top_terms(const Scope& scope, By by, std::size_t most) {
  Marks marks;
  scan(scope, [&](const Fact& fact, std::int64_t) { marks.set(fact.post, mark_of(fact)); });
  const std::optional<std::uint32_t> subject = scope.subject.empty() ? 0 : number_of("subject", scope.subject);
  const auto kind = term_kind(by);
  std::vector<Sums> sums;
  if (!subject) return {};
  terms_.integer(1, *subject);
  terms_.integer(2, store::day_of(scope.period.from)).integer(3, store::day_of(scope.period.to - 1));
  while (terms_.step()) {
    store::read_records(terms_.text_at(0), term_records_);
    for (const store::Term& term : term_records_) {
      if (term.what >> 28 != kind) continue;
      const std::uint8_t mark = marks.at(term.post);
      if (mark == 0) continue;
      const std::uint32_t number = term.number();
      if (number >= sums.size()) sums.resize(number + number / 2 + std::size_t{64});
      Sums& to = sums[number];
      ++to.posts;
      to.unique_posts += (mark & kUnique) != 0, to.negative += (mark & kNegative) != 0;
      to.positive += (mark & kPositive) != 0;
    }
  }
  std::vector<std::pair<std::uint32_t, Sums>> all;
  for (std::uint32_t i = 1; i < sums.size(); ++i)
    if (sums[i].posts > 0) all.emplace_back(i, sums[i]);
  keep_largest(all, most);
  std::vector<Ranked> out;
  for (const auto& [number, of] : all) {
    out.push_back(ranked(of));
    out.back().value = name_of(word_of(by), number, &out.back().label);
    scale(out.back(), scope);
  }
  return out;
}

std::vector<RankedAuthor> Figures::top_authors(const Scope& scope, AuthorsBy by, std::size_t most) {
  struct Of {
    std::uint32_t posts = 0, negative = 0, positive = 0, reach = 0;
    std::uint64_t engagement = 0;
  };
  std::vector<Of> authors;
  scan(scope, [&](const Fact& fact, std::int64_t) {
    if (fact.author == 0) return;
    if (fact.author >= authors.size()) authors.resize(fact.author + fact.author / 2 + std::size_t{64});
    Of& to = authors[fact.author];
    ++to.posts, to.negative += fact.sentiment() == store::Sentiment::negative;
    to.positive += fact.sentiment() == store::Sentiment::positive;
    if (fact.reach != kUnknown) to.reach = std::max(to.reach, fact.reach);
    if (fact.engagement != kUnknown) to.engagement += fact.engagement;
  });
  const auto key = [&](std::uint32_t i) {
    const Of& of = authors[i];
    return by == AuthorsBy::posts ? std::uint64_t{of.posts} : by == AuthorsBy::reach ? of.reach : of.engagement;
  };
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 1; i < authors.size(); ++i)
    if (key(i) > 0) order.push_back(i);
  const std::size_t n = std::min(most, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(n), order.end(),
                    [&](std::uint32_t a, std::uint32_t b) {
                      if (key(a) != key(b)) return key(a) > key(b);
                      return authors[a].posts != authors[b].posts ? authors[a].posts > authors[b].posts : a < b;
                    });
  std::vector<RankedAuthor> out;
  for (std::size_t i = 0; i < n; ++i) {
    const Of& of = authors[order[i]];
    RankedAuthor one;
    if (author_.integer(1, order[i]).step()) {
      one.platform = author_.text_at(0), one.id = author_.text_at(1), one.handle = author_.text_at(2);
      one.name = author_.text_at(3), one.url = author_.text_at(4);
      one.followers = author_.is_null(5) ? -1 : author_.integer_at(5);
    }
    author_.reset();
    one.posts = of.posts, one.negative = of.negative, one.positive = of.positive, one.reach = of.reach;
    one.engagement = static_cast<std::int64_t>(of.engagement);
    scale(one, scope);
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace earshot::figures
