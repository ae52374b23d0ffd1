// learn.hpp: learns from labelled examples which sense of a name is meant, and says how well. One thread,
// deterministic. For commands only.
//
// Naive Bayes on the presence of words: with few examples its error falls faster than that of a discriminative model
// (Ng and Jordan 2002), and fifty labels already help. With many it is the other way round: the weights of logistic
// regression, which stay small where there are few examples, are added to half of its log odds. Both together are the
// weights of a linear model, which is then calibrated on examples that it did not learn from.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "model/examples.hpp"
#include "model/linear.hpp"
#include "model/quality.hpp"

namespace earshot::context {

struct Labelled {
  std::string text;
  std::size_t begin = 0, end = 0;  // the name's bytes
  bool meant = false;
  std::uint64_t group = 0;  // examples of one group stay in one fold
};

// The features of each; classes: 0 "no", 1 "yes".
model::Examples examples_of(std::span<const Labelled> labelled);

// A model of the examples in `rows`, not calibrated.
model::Model fit(const model::Examples& examples, std::span<const std::size_t> rows);

struct Learned {
  std::shared_ptr<const model::Model> model;  // of all examples, calibrated
  std::vector<float> told;                    // of each: the probability, by a model that did not see its fold
  std::size_t folds = 0;
  model::ClassQuality quality;  // of "yes", by `told` of half and more
  double right = 0;             // how many are right, of both classes
};

// Throws std::invalid_argument where there are too few: five of each class, in two groups or more.
Learned learn(const model::Examples& examples, const std::string& learned_from, std::uint64_t seed = 1);

}  // namespace earshot::context
