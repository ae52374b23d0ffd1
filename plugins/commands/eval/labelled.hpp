// labelled.hpp: posts with what is truly to be found in them, from NDJSON in the post form with `labels`, or from a
// table with a column of labels. Values; one thread.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::eval {

struct Place {
  std::uint32_t segment = 0, begin = 0, end = 0;
  auto operator<=>(const Place&) const = default;
};

// What is truly there: of `kind`, about `subject` (empty: the post as a whole).
struct Label {
  std::string kind, subject, value, type;
  bool none = false;           // truly nothing is there: the value is null
  std::optional<Place> place;  // which bytes
};

struct Case {
  std::string key;                 // platform/id
  std::string text;                // as people read it
  std::string group;               // posts of one group are drawn together; empty: a group of its own
  std::set<std::string> complete;  // kinds of which everything is labelled here: what is found besides is wrong
  std::vector<Label> labels;
};

struct Labelled {
  std::vector<Case> cases;
  std::map<std::string, std::size_t, std::less<>> by_key;
  std::string posts;         // the posts alone, as lines of JSON
  std::size_t left_out = 0;  // rows without a text or label
};

// How a table is read; names of columns.
struct Columns {
  std::vector<std::string> text, kinds, none, rename, rename_subject, complete, values;
  std::optional<std::string> label, subject, id, group;
  std::optional<std::filesystem::path> labels_file;  // a label a line, beside a text a line
  std::string separator;                             // between labels; empty: one label a row
  std::map<std::string, std::string> fields;         // field of the post -> column
  bool header = true;
};

// Both throw earshot::Error that names file, line and what was expected.
Labelled read_posts(const std::vector<std::filesystem::path>& files, const std::vector<std::string>& complete,
                    const std::vector<std::string>& values);
Labelled read_table(const std::vector<std::filesystem::path>& files, const Columns& columns);

}  // namespace earshot::eval
