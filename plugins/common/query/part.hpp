// part.hpp: a query as it is run: the tree with each term ready to be compared. Constant once made; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "query/node.hpp"
#include "query/terms.hpp"

namespace earshot::query {

// What subject:, score: and detector: in one list of ANDs say of the findings that the other terms of that list ask
// for: `subject:acme sentiment:negative` wants one finding that is both.
struct Scope {
  std::vector<std::string> subjects, detectors;  // folded; none: any
  bool has_score = false;
  Range score;
};

struct Part {
  enum class Type : std::uint8_t {
    all,
    any,
    none_of,
    near,
    text,
    field,
    said  // a score: that is told to the terms beside it, and asks nothing by itself
  };
  Type type = Type::text;
  std::size_t begin = 0, end = 0;  // bytes of the query
  std::vector<Part> children;
  Nearness near;
  std::vector<std::size_t> copy_of;  // of a near group: the child that a child repeats ("a a"~3), else itself
  TextTerm text;
  bool is_sense = false;  // of text: score: is about how surely it was read or heard
  FieldTerm field;
  std::shared_ptr<const Scope> scope;  // never null
};

// Throws Fault.
Part compile(const Node& node, const SearchFold& fold);

}  // namespace earshot::query
