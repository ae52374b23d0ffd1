#include "figures/net.hpp"

#include <algorithm>
#include <cmath>

#include "share/share.hpp"

namespace earshot::figures {

void Net::add(const store::Fact& fact) {
  auto& [with, without] = said_[fact.language];
  if (fact.sentiment() == store::Sentiment::unknown) {
    without += 1;
    return;
  }
  with += 1;
  Alike& alike = judged_[{fact.negative >> 11, fact.positive >> 11}];
  alike.posts += 1;
  const std::uint16_t parts[] = {fact.negative, fact.neutral, fact.positive};
  for (std::size_t i = 0; i < 3; ++i) alike.probabilities[i] += parts[i] / 65535.0;
  const double net = fact.net();
  all_.posts += 1, all_.net += net, squares_ += net * net;
  Sums& who = fact.author == 0 ? nobody_ : authors_[fact.author];
  who.posts += 1, who.net += net;
  if (fact.author == 0) squares_of_nobody_ += net * net;
}

// Of n posts so many count: n divided by the design effect, the variance of the mean with authors as clusters (Liang
// and Zeger 1986) over that of independent posts.
double Net::independent() const {
  const double n = all_.posts, mean = all_.net / n;
  const double plain = squares_ - n * mean * mean;
  double clustered = squares_of_nobody_ - 2 * mean * nobody_.net + nobody_.posts * mean * mean, most = 0, authors = 0;
  for (const auto& [author, sums] : authors_) {
    const double off = sums.net - sums.posts * mean;
    clustered += off * off;
    most = std::max(most, sums.posts), authors += 1;
  }
  authors += nobody_.posts;
  // A few authors show too little of how authors differ: then each counts as one post.
  constexpr double kFew = 10;
  if (authors < kFew) return authors;
  return plain <= 0 || clustered <= plain ? n : std::max(1.0, n * plain / clustered);
}

Sentiment Net::result() const {
  Sentiment out;
  out.stated = static_cast<std::int64_t>(all_.posts);
  out.authors = static_cast<std::int64_t>(authors_.size());
  if (out.stated == 0) return out;
  const double weight = independent() / all_.posts;
  share::Estimator estimator(share::sentiment());
  for (const auto& [at, alike] : judged_) {
    std::array<double, 3> mean = alike.probabilities;
    for (double& p : mean) p /= alike.posts;
    estimator.add(mean, alike.posts * weight);
  }
  // A post without a finding is one that the detector was silent about, where its language is one that is judged.
  double silent = 0;
  for (const auto& [language, posts] : said_)
    if (language == 0 || posts.first > 0) silent += posts.second;
  if (silent > 0) estimator.add_silent(silent * weight);
  const std::vector<share::Share> shares = estimator.shares();
  Sentiment::Part* parts[] = {&out.negative, &out.neutral, &out.positive};
  for (std::size_t i = 0; i < 3; ++i) *parts[i] = {shares[i].value, shares[i].low, shares[i].high};
  out.net = {out.positive.value - out.negative.value, std::max(-1.0, out.positive.low - out.negative.high),
             std::min(1.0, out.positive.high - out.negative.low)};
  return out;
}

}  // namespace earshot::figures
