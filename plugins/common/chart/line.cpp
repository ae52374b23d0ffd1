#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "chart/axis.hpp"
#include "chart/markup.hpp"

namespace earshot::chart {
namespace {

constexpr double kLeft = 46, kRight = 14, kTop = 12, kBottom = 26;

// Where values stand in the drawing.
struct Frame {
  double width, height, least, most;
  std::size_t count;
  double x(double i) const {
    return count < 2 ? kLeft + (width - kLeft - kRight) / 2
                     : kLeft + (width - kLeft - kRight) * i / static_cast<double>(count - 1);
  }
  double y(double value) const {
    return kTop + (height - kTop - kBottom) * (1 - (std::clamp(value, least, most) - least) / (most - least));
  }
};

Frame frame_of(const Line& chart) {
  Frame f{static_cast<double>(chart.width), static_cast<double>(chart.height), chart.least, chart.most, chart.x.size()};
  if (f.least == 0 && f.most == 0)
    for (const Series& s : chart.series)
      for (const std::vector<double>* values : {&s.values, &s.low, &s.high})
        for (const double v : *values)
          if (std::isfinite(v)) f.least = std::min(f.least, v), f.most = std::max(f.most, v);
  const std::vector<double> all = ticks(f.least, f.most, 4);
  f.least = all.front(), f.most = std::max(all.back(), all.front() + 1e-9);
  return f;
}

std::string grid(const Frame& f) {
  std::string out;
  for (const double tick : ticks(f.least, f.most, 4)) {
    if (tick > f.most + 1e-9) continue;
    out += fmt::format(R"(<line class="grid" x1="{}" y1="{}" x2="{}" y2="{}"/>)", coordinate(kLeft),
                       coordinate(f.y(tick)), coordinate(f.width - kRight), coordinate(f.y(tick)));
    out += text_at(kLeft - 6, f.y(tick) + 4,
                   std::abs(f.most) <= 1 && f.most - f.least <= 2.5 ? coordinate(tick) : compact(tick), "end");
  }
  return out;
}

// "M x y L x y …", broken where a value is not known.
std::string path(const Frame& f, const std::vector<double>& values) {
  std::string out;
  bool pen = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      pen = false;
      continue;
    }
    out += fmt::format("{}{} {}", pen ? "L" : "M", coordinate(f.x(static_cast<double>(i))), coordinate(f.y(values[i])));
    pen = true;
  }
  return out;
}

// Between two lines; only where both are known throughout.
std::string between(const Frame& f, const std::vector<double>& low, const std::vector<double>& high) {
  std::string out = path(f, high);
  for (std::size_t i = low.size(); i-- > 0;)
    out += fmt::format("L{} {}", coordinate(f.x(static_cast<double>(i))), coordinate(f.y(low[i])));
  return out + "Z";
}

bool all_known(const std::vector<double>& values) {
  return !values.empty() && std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

std::string marks(const Line& chart, const Frame& f) {
  std::string out;
  for (const Line::Mark& mark : chart.marks) {
    const double from = f.x(mark.from), to = std::max(f.x(mark.to), from + 3);
    out += fmt::format(R"(<rect class="{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>)",
                       mark.gap ? "gap" : "mark", coordinate(from), coordinate(kTop), coordinate(to - from),
                       coordinate(f.height - kTop - kBottom), escaped(mark.text, 200));
  }
  return out;
}

std::string one(const Series& s, const Frame& f, bool area) {
  std::string out = fmt::format("<g class=\"{}\">", word_of(s.colour));
  if (all_known(s.low) && all_known(s.high) && s.low.size() == s.high.size())
    out += fmt::format(R"(<path class="band" d="{}"/>)", between(f, s.low, s.high));
  if (area && all_known(s.values))
    out += fmt::format(R"(<path class="band" d="{}"/>)",
                       between(f, std::vector<double>(s.values.size(), std::max(0.0, f.least)), s.values));
  out += fmt::format(R"(<path class="stroke{}" d="{}"/>)", s.dashed ? " dashed" : "", path(f, s.values));
  if (s.values.size() == 1 && std::isfinite(s.values[0]))
    out += fmt::format(R"(<circle class="fill" cx="{}" cy="{}" r="3"/>)", coordinate(f.x(0)),
                       coordinate(f.y(s.values[0])));
  return out + "</g>";
}

}  // namespace

std::string line(const Line& chart) {
  const Frame f = frame_of(chart);
  std::string svg = begin_svg(chart.labels, chart.width, chart.height) + marks(chart, f) + grid(f);
  const std::vector<bool> shown = shown_names(chart.x, f.width - kLeft - kRight);
  for (std::size_t i = 0; i < chart.x.size(); ++i)
    if (shown[i])
      svg += text_at(f.x(static_cast<double>(i)), f.height - 8, chart.x[i],
                     i == 0                    ? "start"
                     : i + 1 == chart.x.size() ? "end"
                                               : "middle");
  std::vector<std::pair<std::string, Colour>> names;
  for (std::size_t i = chart.series.size(); i-- > 0;) svg += one(chart.series[i], f, chart.area && i == 0);
  for (const Series& s : chart.series) names.emplace_back(s.name, s.colour);
  return figure(chart.labels, svg + "</svg>", legend_of(names), table_of(chart.labels, chart.x, chart.series));
}

std::string sparkline(const Labels& labels, const std::vector<double>& values, Colour colour, int width, int height) {
  double most = 0;
  for (const double v : values)
    if (std::isfinite(v)) most = std::max(most, v);
  std::string out =
      fmt::format(R"(<svg class="spark {}" width="{}" height="{}" viewBox="0 0 {} {}" role="img"><title>{}</title>)",
                  word_of(colour), width, height, width, height, escaped(labels.title, 300));
  std::string d;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x =
        2 + (width - 4) * (values.size() < 2 ? 0.5 : static_cast<double>(i) / static_cast<double>(values.size() - 1));
    const double y =
        height - 3 - (most > 0 && std::isfinite(values[i]) ? (height - 6) * std::max(0.0, values[i]) / most : 0);
    d += fmt::format("{}{} {}", i == 0 ? "M" : "L", coordinate(x), coordinate(y));
  }
  return out + fmt::format(R"(<path class="stroke" d="{}"/></svg>)", d);
}

std::string interval(const Labels& labels, double value, double low, double high, double least, double most,
                     int width) {
  const auto x = [&](double v) { return 4 + (width - 8) * (std::clamp(v, least, most) - least) / (most - least); };
  const std::string_view colour = high < 0 ? "neg" : low > 0 ? "pos" : "soft";
  std::string out =
      fmt::format(R"(<svg class="inter {}" width="{}" height="16" viewBox="0 0 {} 16" role="img"><title>{}</title>)",
                  colour, width, width, escaped(labels.title, 300));
  out += fmt::format(
      R"(<line class="grid" x1="4" y1="8" x2="{0}" y2="8"/><line class="grid" x1="{1}" y1="2" x2="{1}" y2="14"/>)",
      width - 4, coordinate(x(std::clamp(0.0, least, most))));
  out += fmt::format(
      R"(<rect class="band" x="{}" y="4" width="{}" height="8"/><circle class="fill" cx="{}" cy="8" r="3.5"/></svg>)",
      coordinate(x(low)), coordinate(std::max(1.0, x(high) - x(low))), coordinate(x(value)));
  return out;
}

}  // namespace earshot::chart
