// table.hpp: what verbs print for people: aligned tables, colours on a terminal only, large numbers in groups.
// Values; one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace earshot::host {

enum class Style { plain, bold, dim, red, green, yellow };

// `text` in that style, or as it is where `colour` is false.
std::string paint(std::string_view text, Style style, bool colour);

std::string grouped(std::uint64_t number);                 // 1,234,567
std::string counted(std::size_t count, const char* what);  // 1 source, 2 sources

// How many columns the terminal behind `fd` has; 0 where it is none.
std::size_t terminal_width(int fd);

struct Cell {
  Cell(std::string text_, Style style_ = Style::plain) : text(std::move(text_)), style(style_) {}
  Cell(const char* text_, Style style_ = Style::plain) : text(text_), style(style_) {}

  std::string text;  // may come from outside: control characters are shown
  Style style;
};

struct Column {
  enum class Align { left, right };
  std::string title;
  Align align = Align::left;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // Missing cells are empty, those beyond the last column are left out.
  Table& row(std::vector<Cell> cells);
  bool empty() const { return rows_.empty(); }

  // Lines with line ends. Where they would be wider than `width` (0: no bound), the last column is cut short with "…".
  std::string text(bool colour, std::size_t width = 0) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace earshot::host
