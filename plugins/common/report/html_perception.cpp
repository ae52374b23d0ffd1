#include <fmt/format.h>

#include "chart/chart.hpp"
#include "chart/markup.hpp"
#include "report/html_parts.hpp"
#include "report/perception.hpp"
#include "report/sentences.hpp"

namespace earshot::report {
namespace {

using figures::By;

constexpr std::int64_t kFewest = 3;  // posts; fewer say nothing of how something is meant

std::string row_of(const ListRow& one, By by) {
  const figures::Ranked& row = one.row;
  const figures::Sentiment::Part net = net_of(row);
  const auto share = [&](std::int64_t n) { return percent(static_cast<double>(n) / static_cast<double>(row.posts)); };
  return fmt::format("<tr><td>{}<small>{}</small></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                     (by == By::hashtag ? "#" : "") + chart::escaped(row.label.empty() ? row.value : row.label, 80),
                     word_of(by), linked(chart::thousands(row.posts), one.evidence), share(row.negative),
                     share(row.positive), signed_number(net.value),
                     chart::interval({"", "net " + with_interval(net), "", ""}, net.value, net.low, net.high, -1, 1));
}

}  // namespace

std::string perception(const Item& item) {
  std::string rows;
  for (const By by : {By::topic, By::keyphrase, By::hashtag, By::entity})
    if (const List* list = item.list(by))
      for (const ListRow& row : list->rows)
        if (row.row.posts >= kFewest && row.row.negative + row.row.positive > 0) rows += row_of(row, by);
  if (rows.empty()) return rows;
  return "<h3>How it is meant, by keyword</h3><div class=\"wide\"><table class=\"words\"><thead><tr><th>Keyword</th>"
         "<th>Posts</th><th>Negative</th><th>Positive</th><th>Net</th><th>−1 to +1, 95 %</th></tr></thead><tbody>\n" +
         rows + "</tbody></table></div>\n";
}

}  // namespace earshot::report
