// scan.hpp: walks over the facts of a scope. For the thread of the Figures.
#pragma once

#include "figures/figures.hpp"

namespace earshot::figures {

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

// Calls use(fact, published) for each post of the scope, `published` in whole seconds as nanoseconds.
template <class Use>
void Figures::scan(const Scope& scope, Use&& use) {
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
    for (const store::Fact& fact : records_) {
      const std::int64_t published = day + std::int64_t{fact.second} * calendar::kSecond;
      if (!inside && !scope.period.has(published)) continue;
      if (query != nullptr && query->posts.at(fact.post) == 0) continue;
      use(fact, published);
    }
  }
}

}  // namespace earshot::figures
