#include "report/html.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "calendar/period.hpp"
#include "chart/chart.hpp"
#include "chart/markup.hpp"
#include "report/formulas.hpp"
#include "report/html_parts.hpp"
#include "report/queries.hpp"
#include "report/sentences.hpp"

namespace earshot::report {
namespace {

using chart::Colour;
using chart::escaped;
using chart::thousands;

constexpr std::size_t kMostItems = 100;  // that are told in the page

Colour colour_of(std::size_t i) {
  return i < 6 ? static_cast<Colour>(i) : Colour::soft;
}

std::string head(const Content& content) {
  return fmt::format(R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Earshot {}"><title>{}</title>
<style>
{}{}</style></head><body>
)",
                     escaped(content.request.version, 40), escaped(content.request.title, 200), chart::css(),
                     page_css());
}

std::string masthead(const Content& content) {
  const Request& r = content.request;
  const calendar::Zone zone(r.zone);
  std::string out = fmt::format(
      "<header class=\"top\"><p class=\"kicker\">{}</p><h1>{}</h1><p class=\"soft\">Compared with {} · times are of "
      "{}</p>",
      escaped(r.title, 200), escaped(calendar::title_of(r.period, zone), 100),
      escaped(calendar::title_of(r.before, zone), 100), escaped(r.zone, 60));
  if (!r.query.empty())
    out +=
        fmt::format("<p class=\"soft\">Only posts that this query finds: <code>{}</code></p>", escaped(r.query, 2000));
  return out + "</header>\n";
}

std::string findings(const Content& content) {
  std::string out = "<section class=\"lead\" aria-label=\"What happened\"><ul>";
  for (const std::string& sentence : content.headlines) {
    const std::size_t colon = sentence.find(": ");
    out += colon == sentence.npos ? fmt::format("<li>{}</li>", escaped(sentence, 800))
                                  : fmt::format("<li><b>{}</b>{}</li>", escaped(sentence.substr(0, colon), 200),
                                                escaped(sentence.substr(colon), 800));
  }
  return out + "</ul></section>\n";
}

std::string overview_row(const Item& item, std::size_t number, bool mood) {
  std::vector<double> posts;
  for (const figures::Bin& bin : item.volume) posts.push_back(static_cast<double>(bin.posts));
  std::string net = mood ? "<td></td><td></td>" : "";
  if (item.sentiment.stated > 0)
    net =
        fmt::format("<td>{}</td><td>{}</td>", signed_number(item.sentiment.net.value),
                    chart::interval({"", "net sentiment " + with_interval(item.sentiment.net), "", ""},
                                    item.sentiment.net.value, item.sentiment.net.low, item.sentiment.net.high, -1, 1));
  return fmt::format(
      "<tr><th scope=\"row\"><a "
      "href=\"#i{}\">{}</a></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>{}</tr>\n",
      number, escaped(item.item.name, 80), linked(thousands(item.now.posts), item.all_evidence),
      escaped(short_change(item.now.posts, item.before.posts), 20),
      chart::sparkline({"", "mentions over time", "", ""}, posts, Colour::first),
      linked(thousands(item.now.unique_posts), item.unique_evidence), thousands(item.now.authors),
      chart::compact(static_cast<double>(item.now.reach)), net);
}

std::string overview(const Content& content) {
  const bool mood = std::any_of(content.items.begin(), content.items.end(),
                                [](const Item& item) { return item.sentiment.stated > 0; });
  std::string out = fmt::format(
      "<section><h2>At a glance</h2><div class=\"wide\"><table class=\"glance\"><thead><tr><th></th><th>Mentions</th>"
      "<th>Change</th><th>Over time</th><th>Unique</th><th>Authors</th><th>Reach</th>{}</tr></thead><tbody>\n",
      mood ? "<th>Net</th><th>Net sentiment, −1 to +1</th>" : "");
  for (std::size_t i = 0; i < std::min(content.items.size(), kMostItems); ++i)
    out += overview_row(content.items[i], i + 1, mood);
  out += "</tbody></table></div>\n";
  if (content.items.size() > kMostItems)
    out += fmt::format("<p class=\"soft\">And {} more, each with fewer mentions.</p>\n",
                       content.items.size() - kMostItems);
  return out;
}

chart::Shares voice(const Content& content, bool now) {
  chart::Shares shares;
  shares.labels = {now ? "voice" : "voice-before",
                   now ? "Share of voice" : "Share of voice, " + content.request.before_words,
                   "How the mentions are shared among the watch items", "%"};
  double others = 1;
  for (std::size_t i = 0; i < content.items.size() && i < 6; ++i) {
    const Item& item = content.items[i];
    const figures::Share& share = now ? item.share : item.share_before;
    others -= share.share;
    shares.parts.push_back(
        {item.item.name,
         fmt::format("{:.1f} % ({:.1f} to {:.1f})", 100 * share.share, 100 * share.low, 100 * share.high), share.share,
         colour_of(i)});
  }
  if (content.items.size() > 6 && others > 1e-9)
    shares.parts.push_back({"others", fmt::format("{:.1f} %", 100 * others), others, Colour::soft});
  return shares;
}

std::string share_of_voice(const Content& content) {
  std::int64_t now = 0, before = 0;
  for (const Item& item : content.items) now += item.now.posts, before += item.before.posts;
  if (content.items.size() < 2 || now == 0) return "</section>\n";
  std::string out = chart::shares(voice(content, true));
  if (before > 0) out += chart::shares(voice(content, false));
  chart::Line line;
  line.labels = {"all-volume", "Mentions of all", "Mentions of each watch item over time", "posts"};
  line.x = step_names(content, content.volume);
  for (std::size_t i = 0; i < content.items.size() && i < 6; ++i) {
    line.series.push_back({content.items[i].item.name, colour_of(i), {}, {}, {}, false});
    for (const figures::Bin& bin : content.items[i].volume)
      line.series.back().values.push_back(static_cast<double>(bin.posts));
  }
  return out + chart::line(line) + "</section>\n";
}

std::string alerts(const Content& content) {
  if (content.alerts.empty()) return "<section><h2>Alerts</h2><p>None in this period.</p></section>\n";
  std::string out = fmt::format("<section><h2>Alerts</h2><p class=\"soft\">{} in this period, the gravest first.</p>\n",
                                content.alerts.size());
  std::size_t left = 20;
  for (const figures::AlertCard& a : content.alerts)
    if (left-- > 0) out += alert(a, content.request.zone);
  if (content.alerts.size() > 20) out += fmt::format("<p>And {} more.</p>", content.alerts.size() - 20);
  return out + "</section>\n";
}

std::string evidence(const Content& content) {
  std::string out =
      "<section id=\"evidence\"><h2>The posts behind the figures</h2><p class=\"soft\">For each figure the query that "
      "finds its "
      "posts, and some of them. The command shows all.</p>\n";
  for (const Evidence& e : content.evidence) {
    out += fmt::format("<details class=\"proof\"><summary>{} <b>{}</b></summary><div id=\"{}\"><p><code>{}</code></p>",
                       escaped(e.label, 200), thousands(e.count), e.anchor,
                       escaped(command_of(e.query, content.request.store), 4000));
    for (const figures::PostCard& post : e.posts) out += card(post, content.request.zone);
    out += "</div></details>\n";
  }
  return out + "</section>\n";
}

std::string colophon(const Content& content) {
  std::string out = "<section id=\"formulas\"><h2>How the figures are made</h2><dl>";
  for (const Formula& f : kFormulas) out += fmt::format("<dt>{}</dt><dd>{}</dd>", escaped(f.name), escaped(f.text));
  return out + fmt::format(
                   "</dl></section>\n<footer class=\"end soft\">Earshot {} · pipeline {} · configuration {} · store "
                   "{}</footer>\n</body></html>\n",
                   escaped(content.request.version, 40), escaped(content.request.pipeline, 80),
                   escaped(content.request.config_hash, 40), escaped(content.request.store, 300));
}

}  // namespace

std::string_view page_css() {
  return R"(body{font:16px/1.55 "Source Sans 3","Segoe UI",system-ui,-apple-system,sans-serif;color:var(--ink);background:var(--page);
max-width:62rem;margin:0 auto;padding:2.5rem 1.25rem 4rem;text-rendering:optimizeLegibility}
h1{font-size:2rem;line-height:1.15;margin:.1rem 0 .4rem;font-weight:650;letter-spacing:-.01em}
h2{font-size:1.4rem;margin:3rem 0 .8rem;padding-top:1.1rem;border-top:1px solid var(--line);font-weight:650}
h3{font-size:1.08rem;margin:2rem 0 .4rem;font-weight:650}h4{font-size:.95rem;margin:1.3rem 0 .4rem;font-weight:600}
p{margin:.4rem 0}a{color:var(--c1);text-underline-offset:.15em}a.n{color:inherit;text-decoration-color:var(--line)}a.n:hover{text-decoration-color:currentColor}
.kicker{text-transform:uppercase;letter-spacing:.08em;font-size:.78rem;color:var(--soft);margin:0}.soft{color:var(--soft);font-size:.92rem}.warn{color:var(--neg)}
.lead ul{list-style:none;margin:1.6rem 0 0;padding:0}.lead li{font-size:1.12rem;line-height:1.5;padding:.75rem 0;border-top:1px solid var(--line)}
.lead li:last-child{border-bottom:1px solid var(--line)}
.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.92rem}
th,td{padding:.4rem .8rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap;vertical-align:middle}
thead th{color:var(--soft);font-weight:500;font-size:.82rem;vertical-align:bottom}tbody th{font-weight:600}
th:first-child,td:first-child{text-align:left;padding-left:0}table.glance{width:100%}
td small{display:block;color:var(--soft);font-size:.8rem}table.long td{white-space:normal;overflow-wrap:anywhere;vertical-align:top}table.long td+td{white-space:nowrap}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.2rem,1fr));gap:.8rem;margin:1rem 0 1.5rem}
.tile{background:var(--panel);border-radius:.5rem;padding:.8rem 1rem}.tile span,.tile small{display:block;color:var(--soft);font-size:.82rem}
.tile strong{font-size:1.6rem;font-weight:600;line-height:1.3;font-variant-numeric:tabular-nums}
.legend .soft{font-size:inherit}.two{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(26rem,100%),1fr));gap:0 2rem}.two>div{min-width:0}
.post{border-left:3px solid var(--line);padding:.1rem 0 .1rem 1rem;margin:.9rem 0;break-inside:avoid}.post header,.post footer{color:var(--soft);font-size:.85rem}
.post header b{color:var(--ink)}.post p{white-space:pre-wrap;overflow-wrap:anywhere;margin:.2rem 0}.post footer{overflow-wrap:anywhere}
.mood{float:right;font-size:.8rem;color:var(--c)}.mood.neu{color:var(--soft)}.mood::before{content:"● "}
.shots{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:1rem}.shot{margin:0;font-size:.82rem;color:var(--soft);break-inside:avoid}
.shot img,.shot .nothing{display:flex;width:100%;height:8rem;object-fit:cover;background:var(--panel);border-radius:.4rem;align-items:center;justify-content:center}
.shot figcaption{overflow-wrap:anywhere;margin-top:.3rem}
.alert{background:var(--panel);border-radius:.5rem;padding:.8rem 1rem;margin:.8rem 0;break-inside:avoid}.alert header{display:flex;justify-content:space-between}
.alert p{margin:.25rem 0}.grade{color:var(--neg);font-size:.88rem}.causes{margin:.4rem 0 0;padding-left:1.1rem;font-size:.9rem;overflow-wrap:anywhere}.causes q{color:var(--soft)}
code{font:.82rem/1.5 ui-monospace,"DejaVu Sans Mono",monospace;background:var(--panel);padding:.1rem .3rem;border-radius:.25rem;overflow-wrap:anywhere;white-space:pre-wrap}
.proof{border-bottom:1px solid var(--line);padding:.35rem 0}.proof summary{cursor:pointer}.proof :target{background:var(--panel)}
dt{font-weight:600;margin-top:.8rem}dd{margin:.1rem 0 0;color:var(--soft)}.end{margin-top:3rem;border-top:1px solid var(--line);padding-top:1rem;overflow-wrap:anywhere}
@media(max-width:40rem){main>section>figure.chart{overflow-x:auto}main>section>figure.chart svg[viewBox^="0 0 760 2"]{min-width:36rem}}
@page{margin:14mm 13mm}@media print{body{max-width:none;padding:0;font-size:9.5pt;line-height:1.4}h2,h3,h4{break-after:avoid}h2{margin-top:1.5rem}h3{margin-top:1.2rem}
figure.chart{margin:.5rem 0 .8rem;break-inside:avoid}tr,.tile,.post{break-inside:avoid}.two{grid-template-columns:1fr 1fr}.wide{overflow:visible}
th,td{padding:.2rem .45rem}.lead li{font-size:11pt;padding:.4rem 0}.tile strong{font-size:1.3rem}.tiles{grid-template-columns:repeat(3,1fr)}.post{margin:.5rem 0}
section.item{break-before:page}details.data{display:none}#evidence{columns:2;font-size:8.5pt}#evidence h2{column-span:all}.proof{padding:.15rem 0}a{color:inherit;text-decoration:none}}
)";
}

std::string as_html(const Content& content) {
  Pictures pictures(content.request.media);
  std::string out =
      head(content) + masthead(content) + findings(content) + "<main>\n" + overview(content) + share_of_voice(content);
  for (std::size_t i = 0; i < std::min(content.items.size(), kMostItems); ++i)
    out += section(content, content.items[i], i + 1, pictures);
  return out + alerts(content) + coverage(content) + evidence(content) + "</main>\n" + colophon(content);
}

}  // namespace earshot::report
