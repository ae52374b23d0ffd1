#include "figures/tally.hpp"

#include <algorithm>
#include <cmath>

#include "figures/scan.hpp"

namespace earshot::figures {
namespace {

// The `most` for which `size` is largest; numbers decide where these are alike, so that the same comes every time.
template <class Value, class Size>
void keep_largest(std::vector<std::pair<std::uint32_t, Value>>& all, std::size_t most, Size&& size) {
  const auto before = [&](const auto& a, const auto& b) {
    const auto x = size(a.second), y = size(b.second);
    return x != y ? x > y : a.first < b.first;
  };
  const std::size_t n = std::min(most, all.size());
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n), all.end(), before);
  all.resize(n);
}

}  // namespace

std::int64_t scaled(std::int64_t posts, const Scope& scope) {
  if (scope.query == nullptr || scope.query->exact()) return posts;
  return std::llround(static_cast<double>(posts) * scope.query->weight);
}

Counts CountsTally::take(const Scope& scope, std::int64_t authors) const {
  Counts counts = counts_;
  counts.authors = authors;
  for (std::int64_t* n : {&counts.posts, &counts.unique_posts, &counts.late, &counts.negative, &counts.neutral,
                          &counts.positive, &counts.reach, &counts.engagement})
    *n = scaled(*n, scope);
  counts.exact = scope.query == nullptr || scope.query->exact();
  return counts;
}

VolumeTally::VolumeTally(const std::vector<std::int64_t>& edges) : edges_(edges) {
  if (edges.size() > 1) bins_.resize(edges.size() - 1);
  for (std::size_t i = 0; i < bins_.size(); ++i) bins_[i].period = {edges[i], edges[i + 1]};
}

void VolumeTally::add(const store::Fact& fact, std::int64_t published) {
  if (bins_.empty()) return;
  if (!bins_[at_].period.has(published)) {
    const auto above = std::upper_bound(edges_.begin(), edges_.end(), published);
    if (above == edges_.begin() || above == edges_.end()) return;
    at_ = static_cast<std::size_t>(above - edges_.begin()) - 1;
  }
  count(bins_[at_], fact);
}

std::vector<Bin> VolumeTally::take(const Scope& scope) {
  for (Bin& bin : bins_)
    for (std::int64_t* n :
         {&bin.posts, &bin.unique_posts, &bin.negative, &bin.neutral, &bin.positive, &bin.reach, &bin.engagement})
      *n = scaled(*n, scope);
  return std::move(bins_);
}

void PlainTally::add(const store::Fact& fact) {
  const std::uint16_t number = number_in(fact, by_);
  if (number == 0) return;
  if (number >= counts_.size()) counts_.resize(number + std::size_t{1});
  count(counts_[number], fact);
}

std::vector<std::pair<std::uint32_t, Ranked>> PlainTally::take(std::size_t most) const {
  std::vector<std::pair<std::uint32_t, Ranked>> out;
  for (std::uint32_t i = 1; i < counts_.size(); ++i) {
    const Counts& c = counts_[i];
    if (c.posts > 0)
      out.emplace_back(i, Ranked{{}, {}, c.posts, c.unique_posts, c.negative, c.positive, c.reach, c.engagement});
  }
  keep_largest(out, most, [](const Ranked& one) { return one.posts; });
  return out;
}

void TermTally::add(const store::Fact& fact) {
  marks_.set(fact.post, static_cast<std::uint8_t>(kThere | (fact.is_copy() ? 0 : kUnique) |
                                                  (fact.sentiment() == store::Sentiment::negative ? kNegative : 0) |
                                                  (fact.sentiment() == store::Sentiment::positive ? kPositive : 0)));
}

std::vector<std::pair<std::uint32_t, Ranked>> TermTally::take(By by, std::size_t most) const {
  std::vector<std::pair<std::uint32_t, Sums>> all;
  sums_[term_kind(by)].each([&](std::uint32_t number, const Sums& sums) {
    if (sums.posts > 0) all.emplace_back(number, sums);
  });
  keep_largest(all, most, [](const Sums& one) { return one.posts; });
  std::vector<std::pair<std::uint32_t, Ranked>> out;
  for (const auto& [number, sums] : all)
    out.emplace_back(number, Ranked{{}, {}, sums.posts, sums.unique_posts, sums.negative, sums.positive, 0, 0});
  return out;
}

void AuthorTally::add(const store::Fact& fact) {
  if (fact.author == 0) return;
  Of& to = authors_.at(fact.author);
  ++to.posts, to.negative += fact.sentiment() == store::Sentiment::negative;
  to.positive += fact.sentiment() == store::Sentiment::positive;
  if (fact.reach != store::kUnknown) to.reach = std::max(to.reach, fact.reach);
  if (fact.engagement != store::kUnknown) to.engagement += fact.engagement;
  const bool stated = fact.sentiment() != store::Sentiment::unknown && !fact.is_copy();
  to.stated += stated, to.net += stated ? net_of(fact) : 0;
}

std::int64_t AuthorTally::count() const {
  std::int64_t authors = 0;
  each([&](const Of& of) { authors += of.posts > 0; });
  return authors;
}

std::vector<std::pair<std::uint32_t, AuthorTally::Of>> AuthorTally::take(AuthorsBy by, std::size_t most) const {
  const auto key = [&](const Of& of) {
    return by == AuthorsBy::posts ? std::uint64_t{of.posts} : by == AuthorsBy::reach ? of.reach : of.engagement;
  };
  std::vector<std::pair<std::uint32_t, Of>> all;
  authors_.each([&](std::uint32_t author, const Of& of) {
    if (key(of) > 0) all.emplace_back(author, of);
  });
  keep_largest(all, most, [&](const Of& of) { return std::pair(key(of), std::uint64_t{of.posts}); });
  return all;
}

}  // namespace earshot::figures
