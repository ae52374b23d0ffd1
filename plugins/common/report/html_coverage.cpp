#include <fmt/format.h>

#include "calendar/zone.hpp"
#include "chart/markup.hpp"
#include "report/html_parts.hpp"

namespace earshot::report {
namespace {

using chart::escaped;
using chart::thousands;

constexpr std::size_t kMostRows = 50;

std::string gaps(const Content& content) {
  if (content.unseen.empty()) return "<p>No source told of a gap.</p>\n";
  const calendar::Zone zone(content.request.zone);
  std::string out = fmt::format(
      "<p>{:.1f} hours in gaps, of all sources together. Where a source could not see, counts are too low.</p>"
      "<div class=\"wide\"><table class=\"long\"><thead><tr><th>Why</th><th>Source</th><th>Gaps</th><th>Hours</th>"
      "<th>From</th><th>To</th></tr></thead><tbody>",
      content.hours_unseen);
  for (std::size_t i = 0; i < std::min(content.unseen.size(), kMostRows); ++i) {
    const Unseen& one = content.unseen[i];
    out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{:.1f}</td><td>{}</td><td>{}</td></tr>",
                       one.reason.empty() ? "no reason told" : escaped(one.reason, 200), escaped(one.source, 80),
                       thousands(one.gaps), one.hours, zone.text(one.between.from), zone.text(one.between.to));
  }
  out += "</tbody></table></div>\n";
  if (content.unseen.size() > kMostRows)
    out += fmt::format("<p class=\"soft\">And {} more reasons, each with fewer hours.</p>\n",
                       content.unseen.size() - kMostRows);
  return out;
}

std::string sources(const Content& content) {
  std::string rows;
  for (const figures::Ranked& source : content.sources)
    rows += fmt::format("<tr><td>{}</td><td>{}</td></tr>", escaped(source.value, 80), thousands(source.posts));
  if (rows.empty()) return rows;
  return "<h3>Posts by source</h3><div "
         "class=\"wide\"><table><thead><tr><th>Source</th><th>Posts</th></tr></thead><tbody>" +
         rows + "</tbody></table></div>\n";
}

}  // namespace

std::string coverage(const Content& content) {
  std::string out = fmt::format(
      "<section id=\"coverage\"><h2>What could not be seen</h2><p>The store has {} posts of this period, of all "
      "subjects and of none{}; {} of them came late, after their time had been counted by detectors.</p>\n",
      thousands(content.all.posts), content.request.query.empty() ? "" : ", that the query finds",
      thousands(content.all.late));
  if (content.state.not_counted > 0)
    out += fmt::format("<p class=\"warn\">{} posts of the store were not counted yet when this was made.</p>\n",
                       thousands(content.state.not_counted));
  return out + gaps(content) + sources(content) +
         "<p class=\"soft\">Posts on platforms that no source reads, posts that a filter of the pipeline stopped, and "
         "those that a component refused (<code>earshot dlq</code>) are not in the store.</p></section>\n";
}

}  // namespace earshot::report
