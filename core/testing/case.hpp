// case.hpp: runs one case of a pipeline's `tests:` section: its posts through the real detectors and services, with
// sources and sinks that touch nothing. Main thread.
#pragma once

#include "plugin/catalog.hpp"
#include "testing/expectation.hpp"

namespace earshot::host {

struct CaseResult {
  std::vector<Difference> differences;  // none: it passes
  bool stuck = false;                   // a call does not come back: the process can only exit at once
  bool ok() const { return differences.empty(); }
};

// Throws InstanceFault where a component refuses its options or cannot start.
CaseResult run_case(const Plan& plan, const TestPlan& test, Catalog& catalog);

}  // namespace earshot::host
