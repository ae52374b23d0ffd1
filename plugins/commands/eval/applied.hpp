// applied.hpp: what a pipeline's detectors say of labelled posts: `earshot apply` as a child process, and its output
// line by line. One thread; the child is gone when this returns or throws.
#pragma once

#include <string>
#include <vector>

#include "labelled.hpp"

namespace earshot::eval {

struct Said {
  std::string kind, subject, value, type, reason, detector;
  double score = 0;
  std::optional<Place> place;
  std::map<std::string, double> shares;  // attributes that are numbers: the probability of each value
};

// For each case what was found in it. Only findings of `kinds`, and of `detector` where that is given. Throws
// earshot::Error where the pipeline does not run or a post does not come out; what it said itself went to standard
// error.
using Findings = std::vector<std::vector<Said>>;
Findings apply(const std::string& pipeline, const Labelled& labelled, const std::set<std::string>& kinds,
               const std::string& detector);

}  // namespace earshot::eval
