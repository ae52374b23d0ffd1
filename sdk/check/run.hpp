// run.hpp: a plugin against all rules, each in a process of its own with a time limit. One thread.
#pragma once

#include <chrono>
#include <functional>

#include "check/child.hpp"

namespace earshot::check {

struct Request {
  std::filesystem::path file;
  std::vector<std::string> only;     // names of rules; empty: all
  std::string component;             // its name; empty: all
  std::vector<std::string> options;  // NAME=VALUE
  std::uint64_t seed = 1;
  std::chrono::milliseconds limit{20'000};  // for each rule
  bool in_process = false;                  // for a debugger: the first crash ends everything
};

struct Result {
  const Rule* rule = nullptr;
  std::string component;  // "detector/loudness", or empty
  Verdict verdict;
};

// Calls `told` with each result as it comes. Throws host::Failure where nothing can be tried.
std::vector<Result> check(const Request& request, const std::function<void(const Result&)>& told);

}  // namespace earshot::check
