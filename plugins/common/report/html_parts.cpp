#include "report/html_parts.hpp"

#include <fmt/format.h>

#include "calendar/zone.hpp"
#include "chart/chart.hpp"
#include "chart/markup.hpp"
#include "report/causes.hpp"
#include "report/sentences.hpp"

namespace earshot::report {
namespace {

using chart::escaped;
using chart::thousands;

constexpr std::size_t kShownText = 600;

std::string link_or_text(const std::string& url, const std::string& text) {
  const std::string href = chart::link(url);
  return href.empty() ? text : fmt::format("<a href=\"{}\" rel=\"noreferrer nofollow\">{}</a>", href, text);
}

std::string author_rows(const std::vector<figures::RankedAuthor>& rows) {
  std::string out;
  for (const figures::RankedAuthor& row : rows) {
    const std::string handle = row.handle.empty() ? row.id : row.handle;
    out +=
        fmt::format("<tr><td>{}<small>{}</small></td><td>{}</td><td>{}</td><td>{}</td></tr>",
                    link_or_text(row.url, "@" + escaped(handle, 80)), escaped(row.platform, 40), thousands(row.posts),
                    row.followers < 0 ? "" : thousands(row.followers), thousands(row.engagement));
  }
  return out;
}

std::string author_table(std::string_view title, const std::vector<figures::RankedAuthor>& rows) {
  if (rows.empty()) return {};
  return fmt::format(
      "<div><h4>{}</h4><div class=\"wide\"><table><thead><tr><th>Author</th><th>Posts</th><th>Followers</th>"
      "<th>Engagement</th></tr></thead><tbody>{}</tbody></table></div></div>",
      title, author_rows(rows));
}

// What accounts for an alert, and what else its detector tells of it.
std::string causes(const std::string& attributes) {
  const Causes causes = causes_of(attributes);
  std::string rows, other;
  for (const Cause& cause : causes.all)
    rows += fmt::format("<tr><td>{}<small>{}</small></td><td>{}</td><td>{:.4g}</td><td>{:.4g}</td></tr>",
                        escaped(cause.value, 120), escaped(cause.kind, 40), percent(cause.share), cause.observed,
                        cause.expected);
  for (const auto& [key, text] : causes.other)
    other += fmt::format("<li><b>{}</b> {}</li>", escaped(key, 60), escaped(text, 400));
  if (!rows.empty())
    rows =
        "<div class=\"wide\"><table class=\"long\"><thead><tr><th>What accounts for it</th><th>Of the difference</th>"
        "<th>Posts</th><th>Expected</th></tr></thead><tbody>" +
        rows + "</tbody></table></div>";
  return rows + (other.empty() ? other : "<ul class=\"causes\">" + other + "</ul>");
}

}  // namespace

std::string linked(const std::string& number, const std::string& anchor) {
  return anchor.empty() ? number : fmt::format("<a class=\"n\" href=\"#{}\">{}</a>", anchor, number);
}

std::string tile(std::string_view what, const std::string& figure, const std::string& remark) {
  return fmt::format("<div class=\"tile\"><span>{}</span><strong>{}</strong><small>{}</small></div>", what, figure,
                     remark);
}

std::string card(const figures::PostCard& post, std::string_view zone) {
  const calendar::Zone there(zone);
  std::string head =
      fmt::format("<b>{}</b> on {}, {}", post.author.empty() ? "unknown" : "@" + escaped(post.author, 80),
                  escaped(post.platform, 40), there.text(post.published));
  if (post.followers >= 0) head += fmt::format(" · {} followers", thousands(post.followers));
  if (post.engagement >= 0) head += fmt::format(" · {} likes, reposts and replies", thousands(post.engagement));
  std::string mood;
  if (!post.sentiment.empty())
    mood = fmt::format("<span class=\"mood {}\">{}</span>", post.sentiment.substr(0, 3), escaped(post.sentiment, 20));
  return fmt::format(
      "<article class=\"post\"><header>{}{}</header><p dir=\"auto\">{}</p><footer>{}</footer></article>\n", head, mood,
      escaped(post.text, kShownText), link_or_text(post.url, escaped(post.platform + "/" + post.id, 200)));
}

std::string cards(std::string_view title, const std::vector<figures::PostCard>& posts, std::string_view zone) {
  if (posts.empty()) return {};
  std::string out = fmt::format("<h4>{}</h4>\n", title);
  for (const figures::PostCard& post : posts) out += card(post, zone);
  return out;
}

std::string media(const Item& item, Pictures& pictures, std::string_view zone) {
  std::string out;
  for (const figures::PostCard& post : item.media)
    for (const figures::PostCard::Media& one : post.media) {
      const std::string data = one.kind == "image" ? pictures.data(one.path) : std::string();
      const std::string alt = escaped(one.alt.empty() ? one.kind : one.alt, 200);
      const std::string shown = data.empty() ? fmt::format("<span class=\"nothing\">{}</span>", escaped(one.kind, 20))
                                             : fmt::format("<img src=\"{}\" alt=\"{}\" loading=\"lazy\">", data, alt);
      out +=
          fmt::format("<figure class=\"shot\">{}<figcaption>@{}, {} {}<br>{}</figcaption></figure>", shown,
                      escaped(post.author, 60), escaped(post.platform, 40), calendar::Zone(zone).text(post.published),
                      link_or_text(one.url.empty() ? post.url : one.url, alt));
      break;  // one of each post
    }
  return out.empty() ? out : "<h4>In pictures, sound and video</h4><div class=\"shots\">" + out + "</div>\n";
}

std::string authors(const Item& item) {
  const std::string both =
      author_table("Who wrote most", item.busiest) + author_table("Who reaches most", item.farthest);
  return both.empty() ? both : "<h3>Authors</h3><div class=\"two\">" + both + "</div>\n";
}

std::string alert(const figures::AlertCard& a, std::string_view zone) {
  const calendar::Zone there(zone);
  std::string out = fmt::format(
      "<article class=\"alert\" id=\"a-{}\"><header><b>{}{}</b> <span class=\"grade\">severity "
      "{}</span></header><p>{}</p>"
      "<p class=\"soft\">{} to {}{}: observed {:.4g}, expected {:.4g}",
      escaped(a.alert, 40), escaped(a.kind, 40), a.subject.empty() ? "" : " of " + escaped(a.subject, 80), a.severity,
      escaped(a.summary, 500), there.text(a.starts), there.text(a.ends), a.state == "open" ? ", still open" : "",
      a.observed, a.expected);
  if (a.upper > a.lower) out += fmt::format(" ({:.4g} to {:.4g})", a.lower, a.upper);
  out += "</p>" + causes(a.attributes);
  std::string shown;
  std::size_t left = 3;
  for (const figures::Evidence& e : a.evidence)
    if (!e.text.empty() && left-- > 0)
      shown += fmt::format("<li>{} <q dir=\"auto\">{}</q></li>", link_or_text(e.url, "@" + escaped(e.author, 60)),
                           escaped(e.text, 300));
    else if (left == 0)
      break;
  return out + (shown.empty() ? "" : "<ul class=\"causes\">" + shown + "</ul>") + "</article>\n";
}

std::vector<std::string> step_names(const Content& content, const std::vector<figures::Bin>& bins) {
  static constexpr std::string_view days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const calendar::Zone zone(content.request.zone);
  std::vector<std::string> names;
  for (const figures::Bin& bin : bins) {
    const calendar::LocalTime at = zone.local(bin.period.from);
    const std::string_view month = months[static_cast<std::size_t>(at.date.month - 1)];
    if (content.request.step == calendar::Step::hour)
      names.push_back(fmt::format("{:02}:{:02}", at.hour, at.minute));
    else if (content.request.step == calendar::Step::month)
      names.push_back(fmt::format("{} {}", month, at.date.year));
    else if (bins.size() <= 14)
      names.push_back(
          fmt::format("{} {} {}", days[calendar::weekday_of(calendar::days_of(at.date))], at.date.day, month));
    else
      names.push_back(fmt::format("{} {}", at.date.day, month));
  }
  return names;
}

}  // namespace earshot::report
