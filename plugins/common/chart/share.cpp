#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "chart/axis.hpp"
#include "chart/markup.hpp"

namespace earshot::chart {

std::string shares(const Shares& chart) {
  std::string svg = begin_svg(chart.labels, chart.width, 34);
  std::vector<std::pair<std::string, Colour>> legend;
  std::vector<std::string> names;
  Series series{"share", Colour::first, {}, {}, {}, false};
  double x = 0;
  for (const Shares::Part& part : chart.parts) {
    const double width = std::clamp(part.share, 0.0, 1.0) * chart.width;
    const std::string said = part.said.empty() ? fmt::format("{:.0f} %", 100 * part.share) : part.said;
    if (width > 0)
      svg += fmt::format(
          R"(<g class="{}"><rect class="fill apart" x="{}" y="2" width="{}" height="30"><title>{}: {}</title></rect></g>)",
          word_of(part.colour), coordinate(x), coordinate(width), escaped(part.name, 100), escaped(said, 100));
    x += width;
    legend.emplace_back(part.name + " " + said, part.colour);
    names.push_back(part.name), series.values.push_back(std::round(part.share * 10000) / 100);
  }
  series.name = "%";
  return figure(chart.labels, svg + "</svg>", legend_of(legend), table_of(chart.labels, names, {series}));
}

}  // namespace earshot::chart
