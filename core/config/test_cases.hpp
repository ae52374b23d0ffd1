// test_cases.hpp: the `tests:` of a pipeline. Pure function.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "config/node.hpp"
#include "config/plan.hpp"
#include "config/report.hpp"

namespace earshot::host {

struct TestNames {
  std::vector<std::string> detectors, sinks, watch_items;
};

std::vector<TestPlan> read_tests(const YamlNode& node, const TestNames& names, FaultReport& report);

}  // namespace earshot::host
