// table.hpp: labelled texts as rows with named columns: CSV (RFC 4180), TSV (no quoting), NDJSON, or plain text with a
// row a line, told by the name of the file. One thread.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::table {

class Table {
 public:
  // Adds the rows of a file. Throws earshot::Error that names file and line. Without `header` the columns of CSV and
  // TSV are called 1, 2, 3; the column of plain text (.txt) is called `text`.
  void read(const std::filesystem::path& path, bool header = true);

  std::size_t size() const { return rows_.size(); }
  // The number of a column; where no file has it, throws and names those there are.
  std::size_t column(std::string_view name) const;
  // "FILE:LINE", where the row begins.
  std::string where(std::size_t row) const;
  // Empty where the row has no such column.
  std::string_view at(std::size_t row, std::size_t column) const {
    return column < rows_[row].cells.size() ? std::string_view(rows_[row].cells[column]) : std::string_view{};
  }

 private:
  using Cells = std::vector<std::string>;
  struct Row {
    Cells cells;
    std::size_t file, line;
  };
  std::size_t column_for(const std::string& name);
  std::string place(std::size_t line) const;
  void add(const std::vector<std::size_t>& columns, Cells&& cells, std::size_t line);
  void head(std::vector<std::size_t>& columns, const Cells& names);
  void read_csv(std::string_view text, bool header);
  void read_tsv(std::string_view text, bool header);
  void read_ndjson(std::string_view text);
  void read_text(std::string_view text);

  std::vector<std::string> columns_;
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::vector<Row> rows_;
  std::vector<std::string> files_;
};

}  // namespace earshot::table
