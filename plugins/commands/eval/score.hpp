// score.hpp: the measures of a task with their intervals, and two tasks side by side. Free functions; one thread. The
// same task and seed give the same figures.
#pragma once

#include "measures.hpp"
#include "task.hpp"

namespace earshot::eval {

struct ScoreOptions {
  std::size_t resamples = 1000;  // 0: no bootstrap
  std::uint64_t seed = 1;
  bool grouped = false;  // posts of a group depend on each other, so Wilson's interval would be too narrow
};

struct Score {
  std::vector<Measure> measures;  // of all classes first, then by class
  std::vector<double> cells;      // counts, as task.hpp lays them out
};

Score score(const Task& task, const ScoreOptions& options);

// Means over subjects, for the task of all of them: of macro_recall and share_divergence. `first` and `last` are the
// subjects' tasks with their scores.
std::vector<Measure> means_over_subjects(std::span<const Score> subjects, const ScoreOptions& options);

// One measure of two pipelines over the same labels.
struct Compared {
  std::string name, class_;
  double first = kUndefined, second = kUndefined;
  Interval difference;    // of second - first, 95 %, paired bootstrap
  double p = kUndefined;  // how likely is a difference as large as this if there were none
};
struct Comparison {
  std::vector<Compared> measures;
  double only_first = 0, only_second = 0;  // right answers that the other has not
  double mcnemar = kUndefined;
};
Comparison compare(const Task& first, const Task& second, const ScoreOptions& options);

}  // namespace earshot::eval
