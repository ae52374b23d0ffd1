// table.hpp: labelled texts as rows with named columns: CSV (RFC 4180), TSV (no quoting) or NDJSON, told by the name of
// the file. One thread.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::train {

class Table {
 public:
  // Adds the rows of a file. Throws earshot::Error that names file and line.
  void read(const std::filesystem::path& path);

  std::size_t size() const { return rows_.size(); }
  // The number of a column; where no file has it, throws and names those there are.
  std::size_t column(std::string_view name) const;
  // Empty where the row has no such column.
  std::string_view at(std::size_t row, std::size_t column) const {
    return column < rows_[row].size() ? std::string_view(rows_[row][column]) : std::string_view{};
  }

 private:
  using Row = std::vector<std::string>;
  std::size_t column_for(const std::string& name);
  void add(const std::vector<std::size_t>& columns, Row&& cells, const std::string& where);
  void read_csv(std::string_view text, const std::string& name);
  void read_tsv(std::string_view text, const std::string& name);
  void read_ndjson(std::string_view text, const std::string& name);

  std::vector<std::string> columns_;
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::vector<Row> rows_;
};

}  // namespace earshot::train
