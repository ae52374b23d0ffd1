#include "figures/net.hpp"

#include <algorithm>
#include <cmath>

namespace earshot::figures {

void Net::add(Sums& to, const store::Fact& fact) {
  to.posts += 1;
  to.of[0] += fact.negative / 65535.0, to.of[1] += fact.neutral / 65535.0, to.of[2] += fact.positive / 65535.0;
  to.of[3] += fact.net();
}

void Net::add(const store::Fact& fact) {
  add(all_, fact);
  if (fact.author != 0) return add(authors_[fact.author], fact);
  Sums one;
  add(one, fact), add(without_sums_, fact);
  for (std::size_t i = 0; i < 4; ++i) alone_[i] += one.of[i] * one.of[i];
}

// The mean of the probabilities; its variance by clusters, each author one (Liang and Zeger 1986), posts without an
// author each by itself.
Sentiment Net::result() const {
  constexpr double z = 1.959964;
  Sentiment out;
  const double n = all_.posts;
  out.stated = static_cast<std::int64_t>(n);
  out.authors = static_cast<std::int64_t>(authors_.size());
  if (n == 0) return out;
  Sentiment::Part* parts[] = {&out.negative, &out.neutral, &out.positive, &out.net};
  const double clusters = static_cast<double>(authors_.size()) + without_sums_.posts;
  for (std::size_t i = 0; i < 4; ++i) {
    const double mean = all_.of[i] / n;
    double squares = alone_[i] - 2 * mean * without_sums_.of[i] + without_sums_.posts * mean * mean;
    for (const auto& [author, sums] : authors_) {
      const double off = sums.of[i] - sums.posts * mean;
      squares += off * off;
    }
    // With few clusters the variance is not known to be small: one post tells nothing of its spread.
    const double correction = clusters > 1 ? clusters / (clusters - 1) : 1;
    const double least = 1 / (n + 4);  // never less than as if two more of each side had been seen
    const double error = clusters > 1 ? std::sqrt(std::max(0.0, squares) * correction) / n : 1;
    const double half = std::max(z * error, clusters < 30 ? least : 0), low = i == 3 ? -1 : 0;
    *parts[i] = {mean, std::max(low, mean - half), std::min(1.0, mean + half)};
  }
  return out;
}

}  // namespace earshot::figures
