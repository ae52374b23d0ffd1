// calibrate.hpp: from scores on texts that a model did not learn from to probabilities, and to the class to say. Free
// functions; any thread. Used in training only.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/examples.hpp"
#include "model/linear.hpp"

namespace earshot::model {

// What the choice of a class is tuned for.
// plain: nothing is tuned or calibrated, the highest score has it.
enum class Goal { accuracy, macro_f1, macro_recall, plain };

// Scores of some examples, a row of as many numbers as there are classes each.
struct Scored {
  const Examples* examples = nullptr;
  std::size_t classes = 0;
  bool any = false;
  std::vector<float> scores;
  std::vector<std::size_t> rows;  // which examples count
};

// Slopes and shifts that make the labels likeliest (vector scaling: Guo et al. 2017; for one output, Platt 1999), then
// the offsets that serve the goal best.
std::vector<Calibration> calibrate(const Scored& scored, Goal goal);

}  // namespace earshot::model
