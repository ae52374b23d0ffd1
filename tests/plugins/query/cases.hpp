// cases.hpp: the table of cases in tests/data/query/cases.tsv, which is the reference of the query language. Values.
#pragma once

#include <string>
#include <vector>

namespace earshot::query_cases {

struct Case {
  int line;
  std::string expected;  // yes, no, or LINE:COLUMN of a fault
  std::string query, post;
  std::string message;  // what a fault's message must contain
};

// Escapes in the query are resolved, names of posts replaced by their JSON. Throws for a line that is none.
std::vector<Case> read_cases(const std::string& path);

}  // namespace earshot::query_cases
