// process.hpp: one child, from its start to its end. One thread.
#pragma once

#include <chrono>
#include <string>

#include "check/child.hpp"

namespace earshot::check {

struct Ended {
  std::string answer;  // what it wrote to kAnswers
  std::string errors;  // the end of what it wrote to standard error
  int signal = 0;      // that ended it, or 0
  int code = 0;
  bool timed_out = false;
};

// Runs this binary once more, with the verb that tries a rule, in the folder `in`. Whatever it starts is killed with
// it.
Ended run_process(const Attempt& attempt, const std::filesystem::path& in, std::chrono::milliseconds limit);

// The verb, which no help text shows.
inline constexpr const char* kChildVerb = "__check-rule";

}  // namespace earshot::check
