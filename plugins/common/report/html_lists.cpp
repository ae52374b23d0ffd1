#include <fmt/format.h>

#include <algorithm>

#include "chart/chart.hpp"
#include "chart/markup.hpp"
#include "report/html_parts.hpp"
#include "report/sentences.hpp"

namespace earshot::report {
namespace {

using chart::Colour;
using figures::By;

std::string shown(const figures::Ranked& row) {
  return row.label.empty() ? row.value : row.label;
}

bool says_how_it_is_meant(const List& list) {
  return std::any_of(list.rows.begin(), list.rows.end(),
                     [](const ListRow& one) { return one.row.negative + one.row.positive > 0; });
}

// Each bar by sentiment: negative, neither, positive; in one colour where nothing is known of that.
chart::Bars::Row row_of(const ListRow& one, const std::string& name, bool mood) {
  const figures::Ranked& row = one.row;
  const auto posts = static_cast<double>(row.posts), negative = static_cast<double>(row.negative),
             positive = static_cast<double>(row.positive);
  chart::Bars::Row out{name, one.evidence.empty() ? "" : "#" + one.evidence, {}, chart::thousands(row.posts)};
  if (mood)
    out.parts = {{negative, Colour::negative, "negative"},
                 {std::max(0.0, posts - negative - positive), Colour::neutral, "neutral or not told"},
                 {positive, Colour::positive, "positive"}};
  else
    out.parts = {{posts, Colour::first, "posts"}};
  return out;
}

std::string bars_of(const Item& item, const List& list) {
  chart::Bars bars;
  const std::string what(words_of(list.by));
  bars.labels = {"l-" + std::string(figures::word_of(list.by)) + "-" + list.rows[0].evidence, "Most frequent " + what,
                 fmt::format("{} of {} by number of posts, the most frequent first: {} with {} posts", what,
                             item.item.name, shown(list.rows[0].row), list.rows[0].row.posts),
                 "posts"};
  bars.width = 480;
  const bool mood = says_how_it_is_meant(list);
  for (const ListRow& row : list.rows)
    bars.rows.push_back(row_of(row, (list.by == By::hashtag ? "#" : "") + shown(row.row), mood));
  return chart::bars(bars);
}

std::string reasons(std::string_view title, std::string_view what, const std::vector<ListRow>& rows, Colour colour) {
  if (rows.empty()) return {};
  chart::Bars bars;
  bars.labels = {"r-" + rows[0].evidence, std::string(title),
                 fmt::format("What is {} most: {} in {} posts", what, shown(rows[0].row), rows[0].row.posts), "posts"};
  bars.width = 480;
  for (const ListRow& row : rows)
    bars.rows.push_back({shown(row.row),
                         row.evidence.empty() ? "" : "#" + row.evidence,
                         {{static_cast<double>(row.row.posts), colour, std::string(what)}},
                         ""});
  return "<div>" + chart::bars(bars) + "</div>";
}

// Links and copied posts are long: a table.
std::string table_of(const List& list, std::string_view title, std::string_view head) {
  std::string out = fmt::format(
      "<h4>{}</h4><div class=\"wide\"><table class=\"long\"><thead><tr><th>{}</th><th>Posts</th><th>Without copies</th>"
      "</tr></thead><tbody>",
      title, head);
  for (const ListRow& row : list.rows) {
    const std::string href = list.by == By::link ? chart::link(row.row.value) : std::string();
    const std::string text = chart::escaped(shown(row.row), 110);
    out +=
        fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
                    href.empty() ? text : fmt::format("<a href=\"{}\" rel=\"noreferrer nofollow\">{}</a>", href, text),
                    linked(chart::thousands(row.row.posts), row.evidence), chart::thousands(row.row.unique_posts));
  }
  return out + "</tbody></table></div>\n";
}

std::string pair_of(const Item& item, By first, By second) {
  std::string both;
  for (const By by : {first, second})
    if (const List* list = item.list(by)) both += "<div>" + bars_of(item, *list) + "</div>";
  return both.empty() ? both : "<div class=\"two\">" + both + "</div>\n";
}

}  // namespace

std::string lists(const Item& item) {
  std::string out;
  const std::string why = reasons("Reasons for praise", "praised", item.praise, Colour::positive) +
                          reasons("Reasons for blame", "blamed", item.blame, Colour::negative);
  if (!why.empty()) out += "<h3>Why people praise and blame</h3><div class=\"two\">" + why + "</div>\n";
  const std::string about = pair_of(item, By::topic, By::keyphrase) + pair_of(item, By::hashtag, By::entity) +
                            pair_of(item, By::intent, By::emotion);
  if (!about.empty()) out += "<h3>What it is about</h3>\n" + about;
  out += perception(item);
  const std::string where = pair_of(item, By::platform, By::language);
  const List* places = item.list(By::country);
  if (!where.empty() || places != nullptr) out += "<h3>Where it is said</h3>\n" + where;
  if (places != nullptr) out += "<div class=\"two\"><div>" + bars_of(item, *places) + "</div></div>\n";
  if (const List* links = item.list(By::link)) out += table_of(*links, "Links that are shared", "Link");
  if (const List* copies = item.list(By::copy)) out += table_of(*copies, "Posts that are copied most", "Post");
  return out;
}

}  // namespace earshot::report
