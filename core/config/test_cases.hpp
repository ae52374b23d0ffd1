// test_cases.hpp: the `tests:` of a pipeline. Pure function.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "config/node.hpp"
#include "config/plan.hpp"
#include "config/report.hpp"

namespace earshot::host {

struct TestNames {
  struct Words {
    std::vector<std::string> list;
    std::unordered_set<std::string> set;
    void add(const std::string& word) {
      if (set.insert(word).second) list.push_back(word);
    }
  };
  Words detectors, sinks, watch_items;
};

std::vector<TestPlan> read_tests(const YamlNode& node, const TestNames& names, FaultReport& report);

}  // namespace earshot::host
