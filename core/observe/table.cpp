#include "observe/table.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

#include "base/utf8.hpp"

namespace earshot::host {
namespace {

constexpr std::size_t kGap = 2, kLeast = 8;  // columns: between two, and what is left of one that is cut

std::string_view code(Style style) {
  switch (style) {
    case Style::bold:
      return "\x1b[1m";
    case Style::dim:
      return "\x1b[2m";
    case Style::red:
      return "\x1b[31m";
    case Style::green:
      return "\x1b[32m";
    case Style::yellow:
      return "\x1b[33m";
    case Style::plain:
      break;
  }
  return "";
}

std::string cut(std::string text, std::size_t width) {
  if (display_width(text) <= width) return text;
  std::string_view rest = text;
  std::size_t taken = 0, columns = 0;
  while (!rest.empty()) {
    const std::size_t size = decode(rest).size, wide = display_width(rest.substr(0, size));
    if (columns + wide + 1 > width) break;
    columns += wide;
    taken += size;
    rest.remove_prefix(size);
  }
  text.resize(taken);
  return text += "…";
}

void append_cell(std::string& out, const Cell& cell, Column::Align align, std::size_t width, bool last, bool colour) {
  const std::size_t taken = display_width(cell.text), space = width - std::min(width, taken);
  if (align == Column::Align::right) out.append(space, ' ');
  out += paint(cell.text, cell.style, colour);
  if (last) return;
  if (align == Column::Align::left) out.append(space, ' ');
  out.append(kGap, ' ');
}

}  // namespace

std::string paint(std::string_view text, Style style, bool colour) {
  std::string out;
  if (!colour || style == Style::plain || text.empty()) return out.append(text);
  return out.append(code(style)).append(text).append("\x1b[0m");
}

std::string counted(std::size_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string grouped(std::uint64_t number) {
  std::string out = std::to_string(number);
  for (std::size_t at = out.size(); at > 3;) out.insert(at -= 3, 1, ',');
  return out;
}

std::size_t terminal_width(int fd) {
  winsize size{};
  if (::isatty(fd) == 0) return 0;
  return ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

Table& Table::row(std::vector<Cell> cells) {
  cells.resize(columns_.size(), Cell(""));
  for (Cell& cell : cells) {
    std::string seen;
    append_visible(seen, cell.text);
    cell.text = std::move(seen);
  }
  rows_.push_back(std::move(cells));
  return *this;
}

std::string Table::text(bool colour, std::size_t width) const {
  std::vector<std::size_t> widths;
  std::size_t before_last = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    widths.push_back(display_width(columns_[i].title));
    for (const auto& row : rows_) widths[i] = std::max(widths[i], display_width(row[i].text));
    if (i + 1 < columns_.size()) before_last += widths[i] + kGap;
  }
  if (width > 0 && !widths.empty() && before_last + widths.back() > width)
    widths.back() = std::min(widths.back(), std::max(kLeast, width - std::min(width, before_last)));

  std::string out;
  const auto line = [&](const auto& cell_of) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const bool last = i + 1 == columns_.size();
      Cell cell = cell_of(i);
      if (last) cell.text = cut(std::move(cell.text), widths[i]);
      append_cell(out, cell, columns_[i].align, widths[i], last, colour);
    }
    out.erase(out.find_last_not_of(' ') + 1);
    out += '\n';
  };
  line([&](std::size_t i) { return Cell(columns_[i].title, Style::bold); });
  for (const auto& row : rows_) line([&](std::size_t i) { return row[i]; });
  return out;
}

}  // namespace earshot::host
