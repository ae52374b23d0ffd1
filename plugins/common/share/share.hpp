// share.hpp: which share of many posts says what, as a dashboard shows it, with an interval. Counting answers is off
// wherever the mix differs from that of training; here the mix is estimated together with the probabilities by
// expectation and maximisation (Saerens, Latinne, Decaestecker 2002), drawn a little towards what was seen before where
// there are few posts. Values; one thread each.
//
//   Estimator estimator(sentiment());                 one for each subject
//   estimator.add(probabilities, posts);              as the attributes of a finding tell them
//   estimator.add_silent(posts);                      judged, but nothing was said
//   estimator.shares()[2].value, .low, .high          positive, 0 to 1
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::share {

// What is known of the findings of a kind, before any post is seen.
struct Kind {
  std::vector<std::string> values;
  std::vector<double> trained_on{};  // the mix that the probabilities were calibrated for; empty: all alike
  std::vector<double> silent{};      // the mix of the posts that the detector is silent about; empty: trained_on
  std::vector<double> expected{};    // the mix before any post is seen; empty: trained_on
  double strength = 8;               // so many posts is that expectation worth
  // How far, in log odds, the share of a subject is off beyond chance (standard deviation): a model reads some subjects
  // better than others, and more posts do not mend that.
  double unlike = 0;
};

// The kind `sentiment`, by the model that ships: negative, neutral, positive.
const Kind& sentiment();
// Only these values of the kind, as if there were no others. A value that it does not know is left out.
Kind only(const Kind& kind, std::span<const std::string> values);

struct Share {
  double value = 0, low = 0, high = 1;  // the interval holds the true share of nineteen subjects in twenty
};

class Estimator {
 public:
  explicit Estimator(Kind kind);

  // Of `posts` posts alike: a probability for each value; they need not add up to 1.
  void add(std::span<const double> probabilities, double posts = 1);
  // Where a finding tells its own probability alone: the other values share the rest as they were trained on.
  void add(std::string_view value, double probability, double posts = 1);
  void add_silent(double posts);

  const std::vector<std::string>& values() const { return kind_.values; }
  double posts() const { return posts_; }  // silent ones among them
  // For each value, in their order. Without posts, what is expected.
  std::vector<Share> shares() const;

 private:
  std::vector<double> mix() const;
  std::vector<double> variances(std::span<const double> mix) const;

  Kind kind_;
  std::vector<double> rows_;     // likelihoods of the values, up to a factor
  std::vector<double> weights_;  // posts of each row
  double posts_ = 0;
};

// Kullback-Leibler divergence of two mixes, smoothed as SemEval 2017 task 4 does: by 1 / (2 * posts).
double divergence(std::span<const double> truly, std::span<const double> said, double posts);

}  // namespace earshot::share
