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

// How far many posts of one subject are trusted: `strength`: so many posts is what is expected worth. `unlike`: a model
// reads some subjects better than others, which more posts do not mend, so n of them count as n / (1 + n * unlike).
struct Trust {
  double strength = 3, unlike = 0;
};

// What is known of the findings of a kind, before any post is seen.
struct Kind {
  std::vector<std::string> values;
  std::vector<double> trained_on{};  // the mix that the probabilities were calibrated for; empty: all alike
  std::vector<double> silent{};      // the mix of the posts that the detector is silent about; empty: trained_on
  Trust trust{};
  // A value that is told from all others first, as "neutral", before the mix of these is estimated; where it is less
  // sure than they are. Empty: none.
  std::string apart{};
  Trust of_apart{};
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
  // For each value, in their order. Without posts, the mix of training.
  std::vector<Share> shares() const;

 private:
  Kind kind_;
  std::vector<double> rows_;     // probabilities of the values, one row for posts alike
  std::vector<double> weights_;  // posts of each row
  double posts_ = 0;
};

// Kullback-Leibler divergence of two mixes, smoothed as SemEval 2017 task 4 does: by 1 / (2 * posts).
double divergence(std::span<const double> truly, std::span<const double> said, double posts);

}  // namespace earshot::share
