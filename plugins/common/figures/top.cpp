#include <algorithm>

#include "figures/net.hpp"
#include "figures/scan.hpp"
#include "figures/tally.hpp"

namespace earshot::figures {
namespace {

using store::Fact;

template <class To>
void scale(To& to, const Scope& scope) {
  for (std::int64_t* n : {&to.posts, &to.negative, &to.positive, &to.reach, &to.engagement}) *n = scaled(*n, scope);
}

}  // namespace

std::string_view word_of(By by) {
  static constexpr std::string_view plain[] = {"platform", "language", "country", "source", "kind"};
  return is_plain(by) ? plain[static_cast<std::size_t>(by)]
                      : store::kTermWords[static_cast<std::size_t>(by) - std::size_t{kPlain}];
}

std::vector<Ranked> Figures::named(std::vector<std::pair<std::uint32_t, Ranked>> numbers, By by, const Scope& scope) {
  std::vector<Ranked> out;
  for (auto& [number, of] : numbers) {
    const bool rest = is_plain(by) && number == store::kOther;
    of.value = rest ? "others" : name_of(word_of(by), number, is_plain(by) ? nullptr : &of.label);
    scale(of, scope), of.unique_posts = scaled(of.unique_posts, scope);
    out.push_back(std::move(of));
  }
  return out;
}

std::vector<RankedAuthor> Figures::named(const std::vector<std::pair<std::uint32_t, AuthorTally::Of>>& rows,
                                         const Scope& scope) {
  std::vector<RankedAuthor> out;
  for (const auto& [row, of] : rows) {
    RankedAuthor one;
    if (author_.integer(1, row).step()) {
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

std::vector<Ranked> Figures::top(const Scope& scope, By by, std::size_t most) {
  if (is_plain(by)) {
    PlainTally tally(by);
    scan(scope, [&](const Fact& fact, std::int64_t) { tally.add(fact); });
    return named(tally.take(most), by, scope);
  }
  TermTally tally;
  scan(scope, [&](const Fact& fact, std::int64_t) { tally.add(fact); });
  const std::uint32_t kind = term_kind(by);
  scan_terms(scope, [&](std::span<const store::Term> terms) {
    for (const store::Term& term : terms)
      if (term.what >> 28 == kind) tally.add(term);
  });
  return named(tally.take(by, most), by, scope);
}

std::vector<RankedAuthor> Figures::top_authors(const Scope& scope, AuthorsBy by, std::size_t most) {
  AuthorTally tally;
  scan_days(scope, [&](std::span<const Fact> facts, std::int64_t) { add(facts, tally); });
  return named(tally.take(by, most), scope);
}

Summary Figures::summary(const Scope& scope, const std::vector<std::int64_t>& edges, std::size_t most) {
  CountsTally counts;
  Net net;
  VolumeTally volume(edges);
  std::vector<PlainTally> plain;
  for (int by = 0; by < kPlain; ++by) plain.emplace_back(static_cast<By>(by));
  AuthorTally authors;
  TermTally terms;
  // One kind after the other over some hundred facts, which stay in the cache meanwhile.
  scan_days(scope, [&](std::span<const Fact> facts, std::int64_t day) {
    for (const Fact& fact : facts) counts.add(fact);
    for (const Fact& fact : facts) net.add(fact);
    for (const Fact& fact : facts) volume.add(fact, time_of(fact, day));
    for (PlainTally& one : plain)
      for (const Fact& fact : facts) one.add(fact);
    for (const Fact& fact : facts) terms.add(fact);
    add(facts, authors);
  });
  scan_terms(scope, [&](std::span<const store::Term> some) {
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (i + kAhead < some.size()) terms.prefetch(some[i + kAhead]);
      terms.add(some[i]);
    }
  });
  Summary out{counts.take(scope, authors.count()), net.result(authors), volume.take(scope), {}, {}, {}};
  for (std::size_t i = 0; i < kBys; ++i) {
    const By by = static_cast<By>(i);
    out.lists[i] = named(is_plain(by) ? plain[i].take(most) : terms.take(by, most), by, scope);
  }
  out.busiest = named(authors.take(AuthorsBy::posts, most), scope);
  out.farthest = named(authors.take(AuthorsBy::reach, most), scope);
  return out;
}

}  // namespace earshot::figures
