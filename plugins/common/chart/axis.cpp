#include "chart/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "chart/markup.hpp"

namespace earshot::chart {

std::string_view css() {
  return R"(:root{color-scheme:light dark;--c1:#2a5f9e;--c2:#c4713b;--c3:#4f8a6b;--c4:#8a6bb0;--c5:#b0893a;--c6:#5e7f8c;
--neg:#b5483a;--neu:#a9b0b8;--pos:#3f8a5a;--ink:#1d2227;--soft:#616b76;--line:#dfe3e8;--page:#fff;--panel:#f6f7f9}
@media(prefers-color-scheme:dark){:root{--c1:#78a9e0;--c2:#e0a06f;--c3:#7fbf9d;--c4:#b79fdb;--c5:#d9b768;--c6:#8fb0bd;
--neg:#e58673;--neu:#737c86;--pos:#76c492;--ink:#e7eaed;--soft:#9aa4ae;--line:#343b43;--page:#14171a;--panel:#1c2024}}
@media print{:root{color-scheme:light;--c1:#2a5f9e;--c2:#c4713b;--c3:#4f8a6b;--c4:#8a6bb0;--c5:#b0893a;--c6:#5e7f8c;
--neg:#b5483a;--neu:#a9b0b8;--pos:#3f8a5a;--ink:#1d2227;--soft:#616b76;--line:#dfe3e8;--page:#fff;--panel:#f6f7f9}}
figure.chart{margin:1rem 0 1.5rem}figure.chart figcaption{font-weight:600;margin-bottom:.35rem}
figure.chart svg{display:block;width:100%;height:auto;overflow:visible}svg.spark,svg.inter{vertical-align:middle}
svg text{font:11px/1 system-ui,sans-serif;fill:var(--soft)}svg .name{fill:var(--ink);font-size:12px}svg a{cursor:pointer}
.c1{--c:var(--c1)}.c2{--c:var(--c2)}.c3{--c:var(--c3)}.c4{--c:var(--c4)}.c5{--c:var(--c5)}.c6{--c:var(--c6)}
.neg{--c:var(--neg)}.neu{--c:var(--neu)}.pos{--c:var(--pos)}.soft{--c:var(--soft)}
svg .fill{fill:var(--c)}svg .stroke{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round}
svg .dashed{stroke-dasharray:4 4;stroke-width:1.5}svg .apart{stroke:var(--page)}svg .band{fill:var(--c);opacity:.15}svg .grid{stroke:var(--line)}
svg .mark{fill:var(--neg);opacity:.1}svg .gap{fill:var(--soft);opacity:.14}svg .back{fill:var(--line)}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;color:var(--soft);font-size:.85rem;margin:.4rem 0 0;padding:0;list-style:none}
.legend li::before{content:"";display:inline-block;width:.7em;height:.7em;border-radius:2px;background:var(--c);margin-right:.4em}
details.data{font-size:.85rem;color:var(--soft);margin-top:.3rem}details.data table{margin:.4rem 0}
)";
}

std::string_view word_of(Colour colour) {
  static constexpr std::string_view words[] = {"c1", "c2", "c3", "c4", "c5", "c6", "neg", "neu", "pos", "soft"};
  return words[static_cast<std::size_t>(colour)];
}

std::vector<double> ticks(double least, double most, int steps) {
  if (!(most > least)) most = least + 1;
  const double raw = (most - least) / std::max(1, steps), power = std::pow(10, std::floor(std::log10(raw)));
  const double digit = raw / power, step = power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  const double first = std::floor(least / step + 1e-9) * step;
  std::vector<double> all{first};
  for (int i = 1; all.back() < most - step * 1e-6 && i < 100; ++i) all.push_back(first + i * step);
  return all;
}

std::string begin_svg(const Labels& labels, int width, int height) {
  const std::string id = escaped(labels.id, 100);
  return fmt::format(
      R"(<svg viewBox="0 0 {0} {1}" role="img" aria-labelledby="{2}-t {2}-d"><title id="{2}-t">{3}</title><desc id="{2}-d">{4}</desc>)",
      width, height, id, escaped(labels.title, 300), escaped(labels.description, 1000));
}

std::string figure(const Labels& labels, const std::string& svg, const std::string& legend, const std::string& table) {
  return fmt::format("<figure class=\"chart\" id=\"{}\"><figcaption>{}</figcaption>{}{}{}</figure>\n",
                     escaped(labels.id, 100), escaped(labels.title, 300), svg, legend, table);
}

std::string legend_of(const std::vector<std::pair<std::string, Colour>>& names) {
  if (names.size() < 2) return {};
  std::string out = "<ul class=\"legend\">";
  for (const auto& [name, colour] : names)
    out += fmt::format("<li class=\"{}\">{}</li>", word_of(colour), escaped(name, 80));
  return out + "</ul>";
}

std::string table_of(const Labels& labels, const std::vector<std::string>& x, const std::vector<Series>& series) {
  std::string out = "<details class=\"data\"><summary>Numbers</summary><table><thead><tr><th></th>";
  for (const Series& s : series) out += fmt::format("<th>{}</th>", escaped(s.name.empty() ? labels.unit : s.name, 80));
  out += "</tr></thead><tbody>";
  for (std::size_t i = 0; i < x.size(); ++i) {
    out += fmt::format("<tr><th scope=\"row\">{}</th>", escaped(x[i], 80));
    for (const Series& s : series) {
      const double value = i < s.values.size() ? s.values[i] : NAN;
      if (std::isnan(value))
        out += "<td></td>";
      else if (value == std::round(value) && std::abs(value) < 1e15)
        out += fmt::format("<td>{}</td>", thousands(static_cast<std::int64_t>(value)));
      else
        out += fmt::format("<td>{}</td>", coordinate(value));
    }
    out += "</tr>";
  }
  return out + "</tbody></table></details>";
}

std::string text_at(double x, double y, std::string_view text, std::string_view anchor) {
  return fmt::format(R"(<text x="{}" y="{}" text-anchor="{}">{}</text>)", coordinate(x), coordinate(y), anchor,
                     escaped(text, 100));
}

std::vector<bool> shown_names(const std::vector<std::string>& names, double width) {
  constexpr double kLetter = 6.2, kApart = 14;
  std::size_t longest = 1;
  for (const std::string& name : names) longest = std::max(longest, name.size());
  const double room = static_cast<double>(longest) * kLetter + kApart;
  const auto fit = static_cast<std::size_t>(std::max(1.0, width / room));
  const std::size_t step = names.empty() ? 1 : (names.size() + fit - 1) / fit;
  std::vector<bool> shown(names.size(), false);
  for (std::size_t i = 0; i < names.size(); i += step) shown[i] = true;
  return shown;
}

}  // namespace earshot::chart
