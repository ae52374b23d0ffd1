// scan.hpp: walks over the facts of a scope. For the thread of the Figures.
#pragma once

#include <algorithm>
#include <span>

#include "figures/figures.hpp"

namespace earshot::figures {

// When the post of that day was published, in whole seconds as nanoseconds.
inline std::int64_t time_of(const store::Fact& fact, std::int64_t day) {
  return day + std::int64_t{fact.second} * calendar::kSecond;
}

inline std::uint16_t number_in(const store::Fact& fact, By by) {
  switch (by) {
    case By::platform:
      return fact.platform;
    case By::language:
      return fact.language;
    case By::country:
      return fact.country;
    case By::source:
      return fact.source;
    default:
      return fact.kind;
  }
}
// Of what may be several to a post: its kind as terms have it.
constexpr std::uint32_t term_kind(By by) {
  return static_cast<std::uint32_t>(static_cast<int>(by) - kPlain);
}

// Calls use(day) for each chunk of records of the scope's subject and days, which `to` then holds. With a query only
// those chunks are read that posts of it are in: a chunk has the posts from its first on to that of the next.
template <class Record, class Use>
void Figures::records_of(const Scope& scope, store::Statement& all, store::Statement& chunks, store::Statement& one,
                         std::vector<Record>& to, Use&& use) {
  const std::optional<std::uint32_t> subject = scope.subject.empty() ? 0 : number_of("subject", scope.subject);
  if (!subject || scope.period.from >= scope.period.to) return;
  store::Statement& ask = scope.query == nullptr ? all : chunks;
  ask.integer(1, *subject);
  ask.integer(2, store::day_of(scope.period.from)).integer(3, store::day_of(scope.period.to - 1));
  if (scope.query == nullptr) {
    while (ask.step()) {
      store::read_records(ask.text_at(1), to);
      use(ask.integer_at(0));
    }
    return;
  }
  struct Chunk {
    std::int64_t day, first, row;
  };
  std::vector<Chunk> places;
  while (ask.step()) places.push_back({ask.integer_at(0), ask.integer_at(1), ask.integer_at(2)});
  const std::vector<std::uint32_t>& wanted = scope.query->sorted;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto next = std::lower_bound(wanted.begin(), wanted.end(), places[i].first);
    const bool last = i + 1 == places.size() || places[i + 1].day != places[i].day;
    if (next == wanted.end() || (!last && *next >= places[i + 1].first)) continue;
    if (one.integer(1, places[i].row).step()) {
      store::read_records(one.text_at(0), to);
      use(places[i].day);
    }
    one.reset();
  }
}

// Calls use(facts, day) for the posts of the scope, some hundred at a time, all of that day (its begin).
template <class Use>
void Figures::scan_days(const Scope& scope, Use&& use) {
  const Matches* query = scope.query.get();
  records_of(scope, facts_, fact_chunks_, fact_chunk_, records_, [&](std::int64_t number) {
    const std::int64_t day = number * store::kDay;
    const bool inside = day >= scope.period.from && day + store::kDay <= scope.period.to;
    if (!inside)
      std::erase_if(records_, [&](const store::Fact& fact) { return !scope.period.has(time_of(fact, day)); });
    if (query != nullptr)
      std::erase_if(records_, [&](const store::Fact& fact) { return query->posts.at(fact.post) == 0; });
    if (!records_.empty()) use(std::span<const store::Fact>(records_), day);
  });
}

// Calls use(fact, published) for each post of the scope.
template <class Use>
void Figures::scan(const Scope& scope, Use&& use) {
  scan_days(scope, [&](std::span<const store::Fact> facts, std::int64_t day) {
    for (const store::Fact& fact : facts) use(fact, time_of(fact, day));
  });
}

// Calls use(terms) for the terms of the scope's subject and days, many at a time.
template <class Use>
void Figures::scan_terms(const Scope& scope, Use&& use) {
  records_of(scope, terms_, term_chunks_, term_chunk_, term_records_,
             [&](std::int64_t) { use(std::span<const store::Term>(term_records_)); });
}

}  // namespace earshot::figures
