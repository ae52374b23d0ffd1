#include <algorithm>
#include <cmath>

#include "figures/net.hpp"
#include "figures/scan.hpp"
#include "figures/tally.hpp"

namespace earshot::figures {
namespace {

using store::Fact;
using store::kUnknown;

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
  CountsTally tally;
  Seen authors;
  std::int64_t seen = 0;
  scan(scope, [&](const Fact& fact, std::int64_t) {
    tally.add(fact);
    if (fact.author != 0) seen += authors.add(fact.author);
  });
  return tally.take(scope, seen);
}

std::vector<Bin> Figures::volume(const Scope& scope, const std::vector<std::int64_t>& edges) {
  if (edges.size() < 2) return {};
  if (scope.query == nullptr && are_days(edges)) {
    const std::optional<std::uint32_t> subject = scope.subject.empty() ? 0 : number_of("subject", scope.subject);
    return volume_by_sums(subject.value_or(kUnknown), edges);
  }
  VolumeTally tally(edges);
  scan(scope, [&](const Fact& fact, std::int64_t published) { tally.add(fact, published); });
  return tally.take(scope);
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

// Of whole days the sums, of what is left of days the records.
std::int64_t Figures::posts_about(const std::string& subject, const Period& period) {
  const std::int64_t first = store::day_of(period.from - 1) + 1, behind = store::day_of(period.to);
  const std::optional<std::uint32_t> number = subject.empty() ? 0 : number_of("subject", subject);
  if (!number || period.from >= period.to) return 0;
  std::int64_t posts = 0;
  const auto look = [&](const Period& part) {
    scan_days({part, subject, nullptr},
              [&](std::span<const Fact> facts, std::int64_t) { posts += static_cast<std::int64_t>(facts.size()); });
  };
  if (first >= behind) return look(period), posts;
  look({period.from, first * store::kDay});
  look({behind * store::kDay, period.to});
  return posts + volume_by_sums(*number, {first * store::kDay, behind * store::kDay})[0].posts;
}

std::vector<Share> Figures::share_of_voice(const Period& period, const std::vector<std::string>& subjects,
                                           std::shared_ptr<const Matches> query) {
  std::vector<Share> shares;
  double all = 0;
  for (const std::string& subject : subjects) {
    shares.push_back({subject, 0});
    if (query == nullptr) {
      shares.back().posts = posts_about(subject, period);
    } else if (const auto found = query->mentions.find(subject); found != query->mentions.end()) {
      const auto within = [&](const Matches::Mention& one) { return period.has(one.published); };
      shares.back().posts = scaled(std::count_if(found->second.begin(), found->second.end(), within), {{}, {}, query});
    }
    all += static_cast<double>(shares.back().posts);
  }
  for (Share& share : shares) {
    if (all > 0) share.share = static_cast<double>(share.posts) / all;
    interval(share, query == nullptr ? all : all / query->weight);
  }
  std::stable_sort(shares.begin(), shares.end(), [](const Share& a, const Share& b) { return a.posts > b.posts; });
  return shares;
}

Sentiment Figures::sentiment(const Scope& scope) {
  Net net;
  AuthorTally authors;
  scan_days(scope, [&](std::span<const Fact> facts, std::int64_t) {
    for (const Fact& fact : facts) net.add(fact);
    add(facts, authors);
  });
  return net.result(authors);
}

}  // namespace earshot::figures
