// ended.hpp: how a verb that ran a pipeline ends. Main thread.
#pragma once

#include <cstdio>
#include <cstdlib>

#include "cli/shared/refusals.hpp"
#include "cli/verb.hpp"
#include "runtime/pipeline.hpp"

namespace earshot::host {

// `refused`: something became a dead letter, and the exit code shall say so.
inline int exit_code(const RunResult& result, bool refused) {
  if (result.end == RunResult::End::failed) return kStopped;
  if (result.end == RunResult::End::hung) return kHung;
  return refused ? kNotSo : kDone;
}

// At once, where a thread is still inside a plugin.
inline int leave(const RunResult& result, int code) {
  if (!result.stuck) return code;
  std::fflush(nullptr);
  std::_Exit(code);
}

// A component refused its options or could not start.
inline int tell_fault(const InstanceFault& fault, const Plan& plan, bool colour) {
  Diagnostics faults;
  faults.all.push_back(with_line(fault.diagnostic(), plan));
  std::fputs(faults.text(colour).c_str(), stderr);
  return kNotSo;
}

}  // namespace earshot::host
