// child.hpp: the process in which one rule is tried. It tells its verdict through a pipe and ends.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "check/rule.hpp"

namespace earshot::check {

enum class Outcome { pass, fail, skip };

struct Verdict {
  Outcome outcome = Outcome::pass;
  std::string reason;
};

// One rule and what it is tried on, as it travels through the arguments of a process.
struct Attempt {
  std::filesystem::path file;
  std::string rule;
  std::string component;             // "detector/loudness"; empty for rules of the file and the module
  std::vector<std::string> options;  // NAME=VALUE; those that the component does not have are left out
  std::uint64_t seed = 1;
};

std::vector<std::string> to_arguments(const Attempt& attempt);
Attempt from_arguments(const std::vector<std::string>& arguments);

// Tries the rule here. A plugin that crashes or hangs takes this process with it.
Verdict try_here(const Attempt& attempt);

// The file descriptor that a child answers on.
inline constexpr int kAnswers = 3;
// Tells the verdict; the first one counts.
void answer(Outcome outcome, std::string_view reason);
// The whole life of a child.
int run_child(const Attempt& attempt);

// The rule that is none: its verdict's reason has a line for each component, "kind/name option option …".
inline constexpr std::string_view kListComponents = "list-components";

}  // namespace earshot::check
