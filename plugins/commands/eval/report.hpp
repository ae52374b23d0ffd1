// report.hpp: what eval found out, and how it is shown. Values and free functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "score.hpp"

namespace earshot::eval {

// One kind: all of it, then each subject.
struct Part {
  Task task;
  Score score;
  std::vector<Task> subjects;
  std::vector<Score> subject_scores;
  Comparison against;  // of the other pipeline, where there is one
};

struct Report {
  std::string pipeline, against;  // as they were named; `against` may be empty
  std::vector<std::string> files;
  std::size_t left_out = 0;
  std::size_t errors = 10, top = 20;  // that are shown
  const Labelled* labelled = nullptr;
  std::vector<Part> parts;
};

// nullptr where there is none.
const Measure* measure(const Score& score, std::string_view name, std::string_view class_);
// `KIND[/SUBJECT][:CLASS].MEASURE`; nullptr where there is none.
const Measure* find(const Report& report, std::string_view name);
// The names of all measures of all subjects and classes together, for who mistook one.
std::string names(const Report& report);

std::string as_text(const Report& report);
std::string as_json(const Report& report);
std::string as_html(const Report& report);

// "0.683", "-" where it is undefined.
std::string shown(double value);
// "0.66 to 0.70", empty where it is undefined.
std::string shown(const Interval& interval);
// "choice", "sets", ...
std::string_view name_of(Shape shape);
// Names of classes in the order of the table, then what else was said; how often `truly` was answered by each.
double count_of(const Part& part, std::size_t truly, std::size_t said);

}  // namespace earshot::eval
