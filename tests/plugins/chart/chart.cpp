// Charts as SVG in a page.
#include "chart/chart.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "chart/axis.hpp"
#include "chart/markup.hpp"

using namespace earshot::chart;
using Catch::Contains;

namespace {

const std::string kHostile = "</svg><script>alert('x')</script>\" onload=\"y\x01\xFF\xE2\x80\xAE";

// Every tag that is opened is closed, in order; void elements aside.
bool is_balanced(const std::string& html) {
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const std::size_t end = html.find('>', at);
    if (end == std::string::npos) return false;
    const std::string name = html.substr(at + 1, html.find_first_of(" >/", at + 2) - at - 1);
    if (html[end - 1] == '/') continue;
    if (name[0] != '/')
      open.push_back(name);
    else if (open.empty() || open.back() != html.substr(at + 2, end - at - 2))
      return false;
    else
      open.pop_back();
  }
  return open.empty();
}

std::vector<std::string> all_kinds(const std::string& name, std::vector<double> values) {
  const Labels labels{"a-chart", name, name, name};
  Line l{labels, std::vector<std::string>(values.size(), name), {{name, Colour::first, values, values, values, false}}};
  l.marks.push_back({0, 1, name, false});
  Bars b{labels, {{name, "#e1", {{values.empty() ? 0 : values[0], Colour::first, name}}, name}}};
  Columns c{labels, std::vector<std::string>(values.size(), name), {{name, Colour::first, values, {}, {}, false}}};
  Shares s{labels, {{name, name, 0.4, Colour::first}, {name, "", 0.6, Colour::second}}};
  return {line(l), bars(b), columns(c), shares(s), sparkline(labels, values), interval(labels, 0.2, 0.1, 0.3, -1, 1)};
}

}  // namespace

TEST_CASE("outside text is shown in charts and never becomes markup") {
  for (const std::string& svg : all_kinds(kHostile, {1, 2, 3})) {
    CHECK(is_balanced(svg));
    CHECK_THAT(svg, !Contains("<script"));
    CHECK_THAT(svg, !Contains("\" onload"));
    CHECK_THAT(svg, !Contains("\x01") && !Contains("\xFF") && !Contains("\xE2\x80\xAE"));
  }
}

TEST_CASE("the same data gives the same bytes, and whatever data gives a chart") {
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  for (const std::vector<double>& values :
       {std::vector<double>{}, {0}, {5}, {0, 0, 0}, {nan, 1, nan}, {inf, -inf}, {-3, 3}, {1e18, 1}, {1e-9, 2e-9}}) {
    const std::vector<std::string> charts = all_kinds("x", values);
    CHECK(charts == all_kinds("x", values));
    for (const std::string& svg : charts) {
      CHECK(is_balanced(svg));
      CHECK_THAT(svg, !Contains("nan") && !Contains("inf,") && !Contains("\"inf\""));
    }
  }
}

TEST_CASE("a chart says what it is to who does not see it, with its numbers") {
  const std::string svg = line({{"v", "Mentions", "Up to 1,200 on Monday", "posts"},
                                {"Mon", "Tue"},
                                {{"", Colour::first, {1200, 3}, {}, {}, false}}});
  CHECK_THAT(svg, Contains("role=\"img\"") && Contains("<title id=\"v-t\">Mentions</title>"));
  CHECK_THAT(svg, Contains("<desc id=\"v-d\">Up to 1,200 on Monday</desc>"));
  CHECK_THAT(svg, Contains("<td>1,200</td>") && Contains("<th>posts</th>"));
}

TEST_CASE("only web addresses become links") {
  CHECK(link("https://x.test/a?b=1&c=2") == "https://x.test/a?b=1&amp;c=2");
  for (const char* wrong :
       {"javascript:alert(1)", "data:text/html,x", " https://x.test", "https://x.test/\n", "//x.test", "https://", ""})
    CHECK(link(wrong).empty());
}

TEST_CASE("numbers are written for people") {
  CHECK(thousands(1234567) == "1,234,567");
  CHECK(thousands(-999) == "−999");
  CHECK(compact(999) == "999");
  CHECK(compact(1240) == "1.2k");
  CHECK(compact(4'100'000) == "4.1M");
  CHECK(ticks(0, 1180, 4) == std::vector<double>{0, 500, 1000, 1500});
}
