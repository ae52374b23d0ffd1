// node.hpp: a query as a tree, as the parser gives it: what was written, not yet what to look for. Values; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "query/fields.hpp"

namespace earshot::query {

struct Nearness {
  enum class Rule : std::uint8_t {
    pair,     // NEAR/n: two operands, at most n words between them
    ordered,  // ONEAR/n: the first before the second
    group     // ( … )~n and "a b"~n: all operands, at most n other words among them
  };
  Rule rule = Rule::pair;
  bool in_time = false;  // `most` is nanoseconds, not words
  std::int64_t most = 0;
};

struct Node {
  enum class Type : std::uint8_t { all, any, none_of, near, term };
  enum class Form : std::uint8_t { word, phrase, regex };

  Type type = Type::term;
  std::size_t begin = 0, end = 0;  // bytes of the query that it was written in
  std::vector<Node> children;      // of all, any, near; none_of has one
  Nearness near;

  // of a term
  Field field = Field::text;
  bool exact = false;  // inside exact:
  Form form = Form::word;
  std::string kind;          // of Field::finding
  std::string value;         // as written, without its quotes
  std::size_t value_at = 0;  // byte of the query where the value begins
};

}  // namespace earshot::query
