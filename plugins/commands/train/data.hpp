// data.hpp: from the rows of a table to the examples that a model learns from. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/examples.hpp"
#include "model/linear.hpp"
#include "table/table.hpp"

namespace earshot::train {

struct Columns {
  std::vector<std::string> text;  // joined
  std::string label;
  std::optional<std::string> group, by;
  std::string separator;             // between labels, where any number may hold
  std::vector<std::string> classes;  // none: all that occur
  std::vector<std::string> rename;   // "1=spam"; "2=" leaves those rows out
  bool target = false;               // what a label is about stands in ⟦ ⟧
};

struct Data {
  std::vector<std::string> texts;
  std::vector<std::vector<std::uint32_t>> ends;  // of each text: where the columns it is joined from end
  std::vector<std::vector<std::uint16_t>> labels;
  std::vector<std::uint64_t> groups;
  std::vector<std::string> by;                                   // the value of that column
  std::vector<std::pair<std::uint32_t, std::uint32_t>> targets;  // bytes
  std::vector<std::string> classes;
  bool target = false;
  std::size_t left_out = 0;  // rows without a label that counts, or without text

  // The features of each, by the options given.
  model::Examples examples(const model::FeatureOptions& options) const;
};

Data read_data(const table::Table& table, const Columns& columns, bool any);

}  // namespace earshot::train
