// table.hpp: figures in columns, for a terminal. A value; one thread.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "text/cells.hpp"

namespace earshot::summary {

inline std::string shown(std::string_view text, std::size_t room = 200) {
  return text::cells(text, room);
}

// Columns as wide as what stands in them; the first line is their names.
class Table {
 public:
  explicit Table(std::vector<std::string> names) : rows_{std::move(names)} {}
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.size() == 1; }

  std::string text() const {
    std::vector<std::size_t> widths(rows_[0].size());
    for (const auto& row : rows_)
      for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], text::columns_of(row[i]));
    std::string out;
    for (const auto& row : rows_) {
      std::string line;
      for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string blanks(widths[i] - text::columns_of(row[i]), ' ');
        line.append("  ").append(is_number(i) ? blanks + row[i] : row[i] + blanks);
      }
      out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
    return out;
  }

 private:
  bool is_number(std::size_t column) const {
    return std::all_of(rows_.begin() + 1, rows_.end(), [&](const auto& row) {
      return row[column].find_first_not_of("0123456789 %(to)") == std::string::npos;
    });
  }
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace earshot::summary
