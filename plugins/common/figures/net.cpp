#include "figures/net.hpp"

#include <algorithm>
#include <cmath>

#include "share/share.hpp"

namespace earshot::figures {

void Net::add(const store::Fact& fact) {
  if (fact.is_copy()) return;
  if (fact.language >= said_.size()) said_.resize(fact.language + std::size_t{1});
  Said& said = said_[fact.language];
  if (fact.sentiment() == store::Sentiment::unknown) {
    ++said.without;
    return;
  }
  ++said.with;
  Alike& alike = judged_[static_cast<std::size_t>(fact.negative >> 11 << 5 | fact.positive >> 11)];
  ++alike.posts;
  alike.negative += fact.negative, alike.neutral += fact.neutral, alike.positive += fact.positive;
  const std::int64_t net = net_of(fact);
  all_.posts += 1, all_.net += net, all_.squares += net * net;
  if (fact.author == 0) nobody_.posts += 1, nobody_.net += net, nobody_.squares += net * net;
}

// Of n posts so many count: n divided by the design effect, the variance of the mean with authors as clusters (Liang
// and Zeger 1986) over that of independent posts.
double Net::independent(const AuthorTally& authors) const {
  const auto n = static_cast<double>(all_.posts), mean = static_cast<double>(all_.net) / n;
  const double plain = static_cast<double>(all_.squares) - n * mean * mean;
  const auto alone = static_cast<double>(nobody_.posts);
  double clustered =
      static_cast<double>(nobody_.squares) - 2 * mean * static_cast<double>(nobody_.net) + alone * mean * mean;
  double groups = alone;
  authors.each([&](const AuthorTally::Of& of) {
    const double off = of.net - of.stated * mean;
    clustered += off * off, groups += of.stated > 0;
  });
  // A few authors show too little of how authors differ: then each counts as one post.
  constexpr double kFew = 10;
  if (groups < kFew) return groups;
  return plain <= 0 || clustered <= plain ? n : std::max(1.0, n * plain / clustered);
}

Sentiment Net::result(const AuthorTally& authors) const {
  Sentiment out;
  out.stated = all_.posts;
  authors.each([&](const AuthorTally::Of& of) { out.authors += of.stated > 0; });
  if (out.stated == 0) return out;
  const double weight = independent(authors) / static_cast<double>(all_.posts);
  share::Estimator estimator(share::sentiment());
  for (const Alike& alike : judged_) {
    if (alike.posts == 0) continue;
    const double all = 65535.0 * static_cast<double>(alike.posts);
    const double mean[] = {static_cast<double>(alike.negative) / all, static_cast<double>(alike.neutral) / all,
                           static_cast<double>(alike.positive) / all};
    estimator.add(mean, static_cast<double>(alike.posts) * weight);
  }
  // A post without a finding is one that the detector was silent about, where its language is one that is judged.
  double silent = 0;
  for (std::size_t language = 0; language < said_.size(); ++language)
    if (language == 0 || said_[language].with > 0) silent += static_cast<double>(said_[language].without);
  if (silent > 0) estimator.add_silent(silent * weight);
  const std::vector<share::Share> shares = estimator.shares();
  Sentiment::Part* parts[] = {&out.negative, &out.neutral, &out.positive};
  for (std::size_t i = 0; i < 3; ++i) *parts[i] = {shares[i].value, shares[i].low, shares[i].high};
  out.net = {out.positive.value - out.negative.value, std::max(-1.0, out.positive.low - out.negative.high),
             std::min(1.0, out.positive.high - out.negative.low)};
  return out;
}

}  // namespace earshot::figures
