// csv_post.hpp: one row of a CSV file as a post: which column is which field, and what is the same in all rows. One
// instance for one file and one thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/types.hpp"

namespace earshot::file {

struct CsvOptions {
  std::map<std::string, std::string> columns;    // field of the post: name of the column
  std::map<std::string, std::string> constants;  // field of the post: text
  std::string delimiter = "auto";
  bool header = true;
};

// Says what is wrong with the names of fields; empty: nothing.
std::string unknown_field(const std::map<std::string, std::string>& fields);

class CsvPost {
 public:
  // Throws `invalid` where a column is missing. `options` outlives it. With an empty header columns are numbers.
  CsvPost(const CsvOptions& options, const std::vector<std::string_view>& header);

  std::size_t columns() const { return columns_; }
  // The post of a row, valid until the next one; NULL: fault() says why. `id` is taken where there is no such column.
  const ear_post* read(const std::vector<std::string_view>& fields, std::string_view id);
  const std::string& fault() const { return fault_; }

 private:
  struct Bound {
    std::string field;
    std::size_t column;
  };
  void bind(const std::string& field, std::size_t column);
  bool set(std::string_view field, std::string_view text);
  bool set_author(std::string_view field, std::string_view text);
  bool count(std::string_view field, std::string_view text, std::int64_t& to);
  bool time(std::string_view field, std::string_view text, ear_time& to);
  bool refuse(std::string text) { return fault_ = std::move(text), false; }
  bool complete();

  const CsvOptions& options_;
  std::size_t columns_;
  std::vector<Bound> bound_;
  bool has_id_ = false;
  ear_post post_;
  ear_author author_;
  ear_segment segments_[2];
  ear_media media_;
  std::vector<ear_value> attributes_;
  std::string_view title_, text_;
  std::string fault_;
};

}  // namespace earshot::file
