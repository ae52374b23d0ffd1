#include <fmt/format.h>

#include <cmath>

#include "chart/chart.hpp"
#include "chart/markup.hpp"
#include "report/html_parts.hpp"
#include "report/sentences.hpp"

namespace earshot::report {
namespace {

using chart::Colour;
using chart::thousands;

std::vector<double> posts_of(const std::vector<figures::Bin>& bins, std::size_t count) {
  std::vector<double> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(i < bins.size() ? static_cast<double>(bins[i].posts) : NAN);
  return out;
}

// Where a time stands on an axis of steps, as a fraction of them.
double place_of(const std::vector<figures::Bin>& bins, std::int64_t time) {
  for (std::size_t i = 0; i < bins.size(); ++i)
    if (time < bins[i].period.to)
      return static_cast<double>(i) - 0.5 +
             static_cast<double>(std::max<std::int64_t>(0, time - bins[i].period.from)) /
                 static_cast<double>(bins[i].period.to - bins[i].period.from);
  return static_cast<double>(bins.size()) - 0.5;
}

std::string volume(const Content& content, const Item& item, const std::string& id) {
  chart::Line line;
  line.labels = {id + "-volume", "Mentions over time",
                 fmt::format("{} mentions of {} in this period, {} {}", item.now.posts, item.item.name,
                             item.before.posts, content.request.before_words),
                 "posts"};
  line.x = step_names(content, item.volume);
  line.series.push_back({"this period", Colour::first, posts_of(item.volume, line.x.size()), {}, {}, false});
  line.series.push_back(
      {content.request.before_words, Colour::soft, posts_of(item.volume_before, line.x.size()), {}, {}, true});
  line.area = true;
  const double last = static_cast<double>(line.x.size()) - 1;
  for (const figures::AlertCard& a : content.alerts)
    if (a.subject == item.item.id)
      line.marks.push_back({std::max(0.0, place_of(item.volume, a.starts)),
                            std::min(last, place_of(item.volume, a.ends)), a.summary.empty() ? a.kind : a.summary,
                            false});
  for (const figures::Gap& gap : content.gaps) {
    const double from = std::max(0.0, place_of(item.volume, gap.period.from));
    const double to = std::min(last, place_of(item.volume, gap.period.to));
    const double near = (last + 1) / 200;  // gaps that the eye could not part are one
    if (!line.marks.empty() && line.marks.back().gap && from <= line.marks.back().to + near)
      line.marks.back().to = std::max(line.marks.back().to, to);
    else
      line.marks.push_back({from, to, "not seen: " + gap.source + (gap.reason.empty() ? "" : ", " + gap.reason), true});
  }
  return chart::line(line);
}

std::string mood(const Content& content, const Item& item, const std::string& id) {
  if (item.now.stated() == 0) return {};
  chart::Columns columns;
  columns.labels = {id + "-mood", "Sentiment over time",
                    fmt::format("Of {} posts with a sentiment {} are negative and {} positive", item.now.stated(),
                                item.now.negative, item.now.positive),
                    "posts"};
  columns.x = step_names(content, item.volume);
  chart::Series negative{"negative", Colour::negative, {}, {}, {}, false},
      neutral{"neutral", Colour::neutral, {}, {}, {}, false}, positive{"positive", Colour::positive, {}, {}, {}, false};
  for (const figures::Bin& bin : item.volume) {
    negative.values.push_back(static_cast<double>(bin.negative)),
        neutral.values.push_back(static_cast<double>(bin.neutral));
    positive.values.push_back(static_cast<double>(bin.positive));
  }
  columns.parts = {negative, neutral, positive};
  return chart::columns(columns);
}

std::string part(const char* word, const figures::Sentiment::Part& p, std::int64_t posts, const std::string& anchor) {
  return fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{:.1f} %</td><td>{:.1f} to {:.1f} %</td></tr>", word,
                     linked(thousands(posts), anchor), 100 * p.value, 100 * p.low, 100 * p.high);
}

std::string shares(const Item& item) {
  if (item.sentiment.stated == 0) return {};
  return "<div class=\"wide\"><table><thead><tr><th>Sentiment</th><th>Posts</th><th>Share</th><th>95 "
         "%</th></tr></thead><tbody>" +
         part("negative", item.sentiment.negative, item.now.negative, item.negative_evidence) +
         part("neutral", item.sentiment.neutral, item.now.neutral, item.neutral_evidence) +
         part("positive", item.sentiment.positive, item.now.positive, item.positive_evidence) +
         "</tbody></table></div>\n";
}

std::string tiles(const Content& content, const Item& item) {
  const Request& r = content.request;
  std::string out = "<div class=\"tiles\">";
  out += tile("Mentions", linked(thousands(item.now.posts), item.all_evidence),
              change(item.now.posts, item.before.posts, r.before_words));
  out += tile("Unique content", linked(thousands(item.now.unique_posts), item.unique_evidence), "copies left out");
  out += tile("Authors", thousands(item.now.authors), change(item.now.authors, item.before.authors, r.before_words));
  out += tile("Reach", chart::compact(static_cast<double>(item.now.reach)), "followers, once a post");
  out += tile("Engagement", chart::compact(static_cast<double>(item.now.engagement)), "likes, reposts, replies");
  if (item.sentiment.stated > 0)
    out += tile("Net sentiment", signed_number(item.sentiment.net.value),
                fmt::format("{} to {}", signed_number(item.sentiment.net.low), signed_number(item.sentiment.net.high)));
  return out + "</div>\n";
}

}  // namespace

std::string section(const Content& content, const Item& item, std::size_t number, Pictures& pictures) {
  const std::string id = fmt::format("i{}", number), zone = content.request.zone;
  std::string out =
      fmt::format("<section class=\"item\" id=\"{}\"><h2>{}</h2>\n", id, chart::escaped(item.item.name, 120));
  if (item.now.posts == 0)
    return out + fmt::format("<p>No mentions; {} {}.</p></section>\n", thousands(item.before.posts),
                             chart::escaped(content.request.before_words, 60));
  out += tiles(content, item) + volume(content, item, id);
  if (const std::string said = mood(content, item, id); !said.empty())
    out += "<h3>How it is meant</h3>\n" + said + shares(item);
  out += lists(item) + authors(item);
  const std::string shown = cards("Most reactions", item.best, zone) + cards("Negative", item.negative, zone) +
                            cards("Positive", item.positive, zone) + media(item, pictures, zone);
  if (!shown.empty()) out += "<h3>Posts that show it</h3>\n" + shown;
  return out + "</section>\n";
}

}  // namespace earshot::report
