// chart.hpp: charts as SVG that stands in a page: no script, nothing from outside, colours from the page's CSS
// variables (css()), a title and a description for who does not see it, and the numbers as a table in a <details> below
// where asked for. The same data gives the same bytes. All text is escaped here. Free functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::chart {

// Of the colours that css() defines: the n-th series, or one with a meaning.
enum class Colour { first, second, third, fourth, fifth, sixth, negative, neutral, positive, soft };

struct Labels {
  std::string id;           // of the figure in the page: letters, digits, '-'; unique there
  std::string title;        // what is shown
  std::string description;  // what it says, in a sentence
  std::string unit;         // of the values: "posts"
};

// Variables for light and dark pages and the classes of the charts; once a page, inside <style>.
std::string_view css();

struct Series {
  std::string name;
  Colour colour = Colour::first;
  std::vector<double> values;
  std::vector<double> low, high;  // a band around it, or empty
  bool dashed = false;            // for comparison: the period before
};

struct Line {
  Labels labels;
  std::vector<std::string> x;  // what stands below each value
  std::vector<Series> series;  // of as many values each
  double least = 0, most = 0;  // of the axis; both 0: as the values need it
  // Stretches of x that are marked, as [from, to): alerts, gaps.
  struct Mark {
    double from = 0, to = 0;
    std::string text;
    bool gap = false;
  };
  std::vector<Mark> marks{};
  bool area = false;  // the first series is filled
  int width = 760, height = 240;
};
std::string line(const Line& chart);

// One bar a row, its parts one behind the other; the value stands behind it.
struct Bars {
  struct Part {
    double value = 0;
    Colour colour = Colour::first;
    std::string name;
  };
  struct Row {
    std::string name, href;  // href: an anchor of the page, "#…", or empty
    std::vector<Part> parts;
    std::string said;  // what stands behind the bar; empty: the sum
  };
  Labels labels;
  std::vector<Row> rows;
  int width = 760;
};
std::string bars(const Bars& chart);

// Upright bars over time, each of parts that stand on each other.
struct Columns {
  Labels labels;
  std::vector<std::string> x;
  std::vector<Series> parts;  // from the ground up
  int width = 760, height = 220;
};
std::string columns(const Columns& chart);

// Shares of a whole in one bar with a legend.
struct Shares {
  struct Part {
    std::string name, said;
    double share = 0;
    Colour colour = Colour::first;
  };
  Labels labels;
  std::vector<Part> parts;
  int width = 760;
};
std::string shares(const Shares& chart);

// A line as small as a word, for tables; without axis, legend or table.
std::string sparkline(const Labels& labels, const std::vector<double>& values, Colour colour = Colour::first,
                      int width = 120, int height = 24);

// A value with its interval on an axis from `least` to `most`, as small as a word.
std::string interval(const Labels& labels, double value, double low, double high, double least, double most,
                     int width = 140);

}  // namespace earshot::chart
