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
  const double net = fact.net();
  all_.posts += 1, all_.net += net, squares_ += net * net;
  Sums& who = fact.author == 0 ? nobody_ : authors_.at(fact.author);
  who.posts += 1, who.net += net;
  if (fact.author == 0) squares_of_nobody_ += net * net;
}

// Of n posts so many count: n divided by the design effect, the variance of the mean with authors as clusters (Liang
// and Zeger 1986) over that of independent posts.
double Net::independent() const {
  const double n = all_.posts, mean = all_.net / n;
  const double plain = squares_ - n * mean * mean;
  double clustered = squares_of_nobody_ - 2 * mean * nobody_.net + nobody_.posts * mean * mean, authors = nobody_.posts;
  authors_.each([&](std::uint32_t, const Sums& sums) {
    const double off = sums.net - sums.posts * mean;
    clustered += off * off, authors += sums.posts > 0;
  });
  // A few authors show too little of how authors differ: then each counts as one post.
  constexpr double kFew = 10;
  if (authors < kFew) return authors;
  return plain <= 0 || clustered <= plain ? n : std::max(1.0, n * plain / clustered);
}

Sentiment Net::result() const {
  Sentiment out;
  out.stated = static_cast<std::int64_t>(all_.posts);
  authors_.each([&](std::uint32_t, const Sums& sums) { out.authors += sums.posts > 0; });
  if (out.stated == 0) return out;
  const double weight = independent() / all_.posts;
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
