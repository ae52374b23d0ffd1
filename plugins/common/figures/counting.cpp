#include <algorithm>
#include <cmath>

#include "figures/net.hpp"
#include "figures/scan.hpp"

namespace earshot::figures {
namespace {

using store::Fact;
using store::kUnknown;

std::int64_t scaled(std::int64_t n, double weight) {
  return weight == 1 ? n : std::llround(static_cast<double>(n) * weight);
}

template <class To>
void count_sentiment(To& to, const Fact& fact) {
  if (fact.sentiment() == store::Sentiment::negative) ++to.negative;
  if (fact.sentiment() == store::Sentiment::neutral) ++to.neutral;
  if (fact.sentiment() == store::Sentiment::positive) ++to.positive;
}

template <class To>
void count(To& to, const Fact& fact) {
  ++to.posts;
  if (!fact.is_copy()) ++to.unique_posts;
  if (fact.reach != kUnknown) to.reach += fact.reach;
  if (fact.engagement != kUnknown) to.engagement += fact.engagement;
  count_sentiment(to, fact);
}

template <class To>
void scale(To& to, double weight) {
  for (std::int64_t* n :
       {&to.posts, &to.unique_posts, &to.negative, &to.neutral, &to.positive, &to.reach, &to.engagement})
    *n = scaled(*n, weight);
}

bool are_days(const std::vector<std::int64_t>& edges) {
  return std::all_of(edges.begin(), edges.end(), [](std::int64_t edge) { return edge % store::kDay == 0; });
}

// Wilson's interval for a share.
void interval(Share& to, double all) {
  constexpr double z = 1.959964;
  if (all <= 0) return;
  const double p = to.share, middle = p + z * z / (2 * all),
               half = z * std::sqrt(p * (1 - p) / all + z * z / (4 * all * all));
  to.low = std::max(0.0, (middle - half) / (1 + z * z / all)),
  to.high = std::min(1.0, (middle + half) / (1 + z * z / all));
}

}  // namespace

Counts Figures::counts(const Scope& scope) {
  Counts counts;
  Seen authors;
  scan(scope, [&](const Fact& fact, std::int64_t) {
    count(counts, fact);
    if (fact.is(Fact::kLate)) ++counts.late;
    if (fact.author != 0 && authors.add(fact.author)) ++counts.authors;
  });
  if (scope.query != nullptr && !scope.query->exact()) {
    scale(counts, scope.query->weight);
    counts.late = scaled(counts.late, scope.query->weight), counts.exact = false;
  }
  return counts;
}

std::vector<Bin> Figures::volume(const Scope& scope, const std::vector<std::int64_t>& edges) {
  if (edges.size() < 2) return {};
  if (scope.query == nullptr && are_days(edges)) {
    const std::optional<std::uint32_t> subject = scope.subject.empty() ? 0 : number_of("subject", scope.subject);
    return volume_by_sums(subject.value_or(kUnknown), edges);
  }
  std::vector<Bin> bins(edges.size() - 1);
  for (std::size_t i = 0; i < bins.size(); ++i) bins[i].period = {edges[i], edges[i + 1]};
  std::size_t at = 0;  // facts come day by day: the step is near
  scan(scope, [&](const Fact& fact, std::int64_t published) {
    if (!bins[at].period.has(published)) {
      const auto above = std::upper_bound(edges.begin(), edges.end(), published);
      if (above == edges.begin() || above == edges.end()) return;
      at = static_cast<std::size_t>(above - edges.begin()) - 1;
    }
    count(bins[at], fact);
  });
  if (scope.query != nullptr)
    for (Bin& bin : bins) scale(bin, scope.query->weight);
  return bins;
}

// Where steps are days of UTC, the sums beside the records are enough.
std::vector<Bin> Figures::volume_by_sums(std::uint32_t subject, const std::vector<std::int64_t>& edges) {
  std::vector<Bin> bins(edges.size() - 1);
  for (std::size_t i = 0; i < bins.size(); ++i) bins[i].period = {edges[i], edges[i + 1]};
  sums_.integer(1, subject).integer(2, store::day_of(edges.front())).integer(3, store::day_of(edges.back() - 1));
  while (sums_.step()) {
    const auto above = std::upper_bound(edges.begin(), edges.end(), sums_.integer_at(0) * store::kDay);
    Bin& bin = bins[static_cast<std::size_t>(above - edges.begin()) - 1];
    int column = 1;
    for (std::int64_t* n :
         {&bin.posts, &bin.unique_posts, &bin.negative, &bin.neutral, &bin.positive, &bin.reach, &bin.engagement})
      *n += sums_.integer_at(column++);
  }
  return bins;
}

std::vector<Share> Figures::share_of_voice(const Period& period, const std::vector<std::string>& subjects,
                                           std::shared_ptr<const Matches> query) {
  std::vector<Share> shares;
  double all = 0;
  for (const std::string& subject : subjects) {
    shares.push_back({subject, counts({period, subject, query})});
    all += static_cast<double>(shares.back().counts.posts);
  }
  for (Share& share : shares) {
    if (all > 0) share.share = static_cast<double>(share.counts.posts) / all;
    interval(share, query == nullptr ? all : all / query->weight);
  }
  std::stable_sort(shares.begin(), shares.end(),
                   [](const Share& a, const Share& b) { return a.counts.posts > b.counts.posts; });
  return shares;
}

Sentiment Figures::sentiment(const Scope& scope) {
  Net net;
  scan(scope, [&](const Fact& fact, std::int64_t) {
    if (!fact.is_copy()) net.add(fact);
  });
  return net.result();
}

}  // namespace earshot::figures
