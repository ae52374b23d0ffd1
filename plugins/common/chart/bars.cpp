#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "chart/axis.hpp"
#include "chart/markup.hpp"

namespace earshot::chart {
namespace {

constexpr double kRow = 24, kNames = 190, kSaid = 110;

// As a bar can show it: never less than nothing.
double size_of(double value) {
  return std::isfinite(value) ? std::max(0.0, value) : 0;
}

double sum_of(const Bars::Row& row) {
  double sum = 0;
  for (const Bars::Part& part : row.parts) sum += size_of(part.value);
  return sum;
}

std::string shortened(const std::string& name) {
  constexpr std::size_t kMost = 25;
  std::size_t letters = 0;
  for (std::size_t at = 0; at < name.size(); ++at)
    if ((name[at] & 0xC0) != 0x80 && ++letters > kMost) return name.substr(0, at) + "…";
  return name;
}

std::string row_of(const Bars::Row& row, double y, double scale) {
  std::string out;
  const std::string name = fmt::format(R"(<text class="name" x="0" y="{}">{}<title>{}</title></text>)",
                                       coordinate(y + 16), escaped(shortened(row.name), 200), escaped(row.name, 300));
  out += row.href.empty() ? name : fmt::format("<a href=\"{}\">{}</a>", escaped(row.href, 200), name);
  double x = kNames;
  for (const Bars::Part& part : row.parts) {
    const double width = size_of(part.value) * scale;
    if (width <= 0) continue;
    out += fmt::format(
        R"(<g class="{}"><rect class="fill" x="{}" y="{}" width="{}" height="14"><title>{}{}{}</title></rect></g>)",
        word_of(part.colour), coordinate(x), coordinate(y + 4), coordinate(width), escaped(part.name, 100),
        part.name.empty() ? "" : ": ", compact(part.value));
    x += width;
  }
  const std::string said = row.said.empty() ? thousands(std::llround(sum_of(row))) : row.said;
  return out + text_at(x + 6, y + 15, said, "start");
}

// One series for each part of the first row, for the table.
std::vector<Series> as_series(const Bars& chart) {
  std::vector<Series> all;
  for (const Bars::Row& row : chart.rows)
    for (std::size_t i = 0; i < row.parts.size(); ++i) {
      if (i >= all.size()) all.push_back({row.parts[i].name, row.parts[i].colour, {}, {}, {}, false});
    }
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const Bars::Row& row : chart.rows) all[i].values.push_back(i < row.parts.size() ? row.parts[i].value : 0);
  return all;
}

}  // namespace

std::string bars(const Bars& chart) {
  double most = 0;
  for (const Bars::Row& row : chart.rows) most = std::max(most, sum_of(row));
  const double scale = most > 0 ? (chart.width - kNames - kSaid) / most : 0;
  std::string svg =
      begin_svg(chart.labels, chart.width, static_cast<int>(kRow * static_cast<double>(chart.rows.size()) + 6));
  std::vector<std::string> names;
  for (std::size_t i = 0; i < chart.rows.size(); ++i) {
    svg += row_of(chart.rows[i], kRow * static_cast<double>(i), scale);
    names.push_back(chart.rows[i].name);
  }
  const std::vector<Series> series = as_series(chart);
  std::vector<std::pair<std::string, Colour>> legend;
  for (const Series& s : series) legend.emplace_back(s.name, s.colour);
  return figure(chart.labels, svg + "</svg>", legend_of(legend), table_of(chart.labels, names, series));
}

std::string columns(const Columns& chart) {
  constexpr double kLeft = 46, kRight = 8, kTop = 10, kBottom = 26;
  const std::size_t count = chart.x.size();
  std::vector<double> sums(count, 0);
  for (const Series& part : chart.parts)
    for (std::size_t i = 0; i < std::min(count, part.values.size()); ++i) sums[i] += size_of(part.values[i]);
  const double largest = count == 0 ? 0 : *std::max_element(sums.begin(), sums.end());
  const std::vector<double> marks = ticks(0, largest, 4);
  const double most = marks.back(), deep = chart.height - kTop - kBottom, wide = chart.width - kLeft - kRight;
  const double each = count == 0 ? wide : wide / static_cast<double>(count),
               bar = std::max(1.0, std::min(each * 0.8, 46.0));
  std::string svg = begin_svg(chart.labels, chart.width, chart.height);
  for (const double tick : marks) {
    const double y = kTop + deep * (1 - tick / most);
    svg += fmt::format(R"(<line class="grid" x1="{}" y1="{}" x2="{}" y2="{}"/>)", coordinate(kLeft), coordinate(y),
                       coordinate(chart.width - kRight), coordinate(y));
    svg += text_at(kLeft - 6, y + 4, compact(tick), "end");
  }
  const std::vector<bool> shown = shown_names(chart.x, wide);
  for (std::size_t i = 0; i < count; ++i) {
    const double middle = kLeft + each * (static_cast<double>(i) + 0.5);
    double ground = kTop + deep;
    for (const Series& part : chart.parts) {
      const double value = i < part.values.size() ? size_of(part.values[i]) : 0, height = deep * value / most;
      if (height <= 0) continue;
      ground -= height;
      svg += fmt::format(
          R"(<g class="{}"><rect class="fill" x="{}" y="{}" width="{}" height="{}"><title>{}, {}: {}</title></rect></g>)",
          word_of(part.colour), coordinate(middle - bar / 2), coordinate(ground), coordinate(bar), coordinate(height),
          escaped(chart.x[i], 80), escaped(part.name, 80), compact(value));
    }
    if (shown[i]) svg += text_at(middle, chart.height - 8, chart.x[i], "middle");
  }
  std::vector<std::pair<std::string, Colour>> legend;
  for (const Series& part : chart.parts) legend.emplace_back(part.name, part.colour);
  return figure(chart.labels, svg + "</svg>", legend_of(legend), table_of(chart.labels, chart.x, chart.parts));
}

}  // namespace earshot::chart
