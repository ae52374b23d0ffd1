// labels.hpp: from a watchlist and a table of labels to the examples of each watch item. One thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "context/learn.hpp"
#include "table/table.hpp"
#include "text/fold.hpp"

namespace earshot::train_context {

// The names of each watch item, by its id: of a list of watch items, or of a pipeline that has one in it. Throws
// earshot::Error.
std::map<std::string, std::vector<std::string>> read_names(const std::filesystem::path& watchlist);

// The first place of any of the names in the text as a whole word, in any case; the longest of those. Both 0: none.
text::Range find_name(std::string_view text, const std::vector<std::string>& names);

struct Columns {
  std::string text, item, label;
  std::string group;  // empty: equal texts are a group
};

struct ItemLabels {
  std::vector<context::Labelled> labelled;
  std::size_t without_name = 0;  // texts in which the name was not found: all of the text is learned from
};

// The rows of each item. Throws earshot::Error where a label is neither yes nor no, or an item is not in the watchlist.
std::map<std::string, ItemLabels> read_labels(const table::Table& table, const Columns& columns,
                                              const std::map<std::string, std::vector<std::string>>& names);

}  // namespace earshot::train_context
