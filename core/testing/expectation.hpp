// expectation.hpp: holds what a test expects against what was seen, and tells each difference for the person who wrote
// the test. Free function; one thread.
#pragma once

#include <string>
#include <vector>

#include "config/plan.hpp"
#include "testing/stage.hpp"

namespace earshot::host {

// Something that is not as the test expects.
struct Difference {
  Position at;                       // of the expectation
  std::string expected;              // "a finding {post: a, kind: mention}"
  std::vector<std::string> instead;  // what was there, a line each
};

std::vector<Difference> differences(const TestPlan& test, const Plan& plan, const Stage& stage);

}  // namespace earshot::host
