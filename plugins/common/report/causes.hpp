// causes.hpp: what accounts for an alert, out of the attributes that its detector gave it. A free function; any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace earshot::report {

struct Cause {
  std::string kind, value;  // "terms", "late again"
  double share = 0;         // of the difference from what was expected
  double observed = 0, expected = 0;
};

struct Causes {
  std::vector<Cause> all;                                  // the largest share first
  std::vector<std::pair<std::string, std::string>> other;  // further attributes, each as text
};

// `attributes` is JSON of whatever form; what cannot be read says nothing.
Causes causes_of(std::string_view attributes);

}  // namespace earshot::report
