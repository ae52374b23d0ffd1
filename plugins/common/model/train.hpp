// train.hpp: learns a linear model from labelled examples (liblinear: Fan et al. 2008), calibrates it on texts that it
// did not learn from, and says by cross-validation how good it is. One thread, deterministic. For commands only: a
// detector never links it.
//
//   Examples examples;                    features read with the options that stand in `info`
//   Trained trained = train(examples, info, {.goal = Goal::macro_f1});
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "model/calibrate.hpp"
#include "model/examples.hpp"
#include "model/linear.hpp"
#include "model/quality.hpp"

namespace earshot::model {

enum class Loss { logistic, squared_hinge };

struct TrainOptions {
  std::vector<double> c{1, 4, 16};  // the price of an error; of several the best by cross-validation
  Loss loss = Loss::logistic;
  double balance = 0.5;                 // 0: classes as frequent as they are; 1: all alike
  bool rare_words_weigh_more = true;    // inverse document frequency
  double characters = 1;                // what runs of characters weigh against words
  std::uint32_t least_count = 2;        // a feature in fewer examples is left out
  std::size_t most_features = 200'000;  // the strongest that are kept
  double eps = 0.001;                   // how exactly it is solved
  std::size_t folds = 5;
  std::uint64_t seed = 1;
  Goal goal = Goal::macro_f1;
  std::function<void(std::string_view)> tell;  // progress
};

struct Trained {
  std::shared_ptr<const Model> model;
  double c = 0;  // the one that was taken
  // Of each example, from a model and a calibration that did not see its fold.
  std::vector<float> probabilities;  // a row of classes() each
  std::vector<std::uint16_t> said;   // the class that is chosen; for `any` none
  std::vector<std::uint32_t> fold;
  double calibration_error = 0;
  std::vector<Quality> quality;  // one; for `any` one for each class, of "no" and "yes"
};

// Throws std::invalid_argument where there is nothing to learn: a class without examples, fewer than two groups.
Trained train(const Examples& examples, const Info& info, const TrainOptions& options);

// A model of the examples in `rows`, not calibrated.
Model fit(const Examples& examples, std::span<const std::size_t> rows, const Info& info, const TrainOptions& options,
          double c);

}  // namespace earshot::model
