// scan.hpp: walks over the facts of a scope. For the thread of the Figures.
#pragma once

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

// Calls use(facts, day) for the posts of the scope, some hundred at a time, all of that day (its begin).
template <class Use>
void Figures::scan_days(const Scope& scope, Use&& use) {
  const std::optional<std::uint32_t> subject = scope.subject.empty() ? 0 : number_of("subject", scope.subject);
  if (!subject || scope.period.from >= scope.period.to) return;
  const Matches* query = scope.query.get();
  facts_.integer(1, *subject)
      .integer(2, store::day_of(scope.period.from))
      .integer(3, store::day_of(scope.period.to - 1));
  while (facts_.step()) {
    const std::int64_t day = facts_.integer_at(0) * store::kDay;
    store::read_records(facts_.text_at(1), records_);
    const bool inside = day >= scope.period.from && day + store::kDay <= scope.period.to;
    if (!inside)
      std::erase_if(records_, [&](const store::Fact& fact) { return !scope.period.has(time_of(fact, day)); });
    if (query != nullptr)
      std::erase_if(records_, [&](const store::Fact& fact) { return query->posts.at(fact.post) == 0; });
    if (!records_.empty()) use(std::span<const store::Fact>(records_), day);
  }
}

// Calls use(fact, published) for each post of the scope.
template <class Use>
void Figures::scan(const Scope& scope, Use&& use) {
  scan_days(scope, [&](std::span<const store::Fact> facts, std::int64_t day) {
    for (const store::Fact& fact : facts) use(fact, time_of(fact, day));
  });
}

}  // namespace earshot::figures
