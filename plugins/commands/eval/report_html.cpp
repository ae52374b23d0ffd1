#include <fmt/format.h>

#include <algorithm>

#include "report.hpp"

namespace earshot::eval {
namespace {

// No script, nothing from outside; the policy says so to the browser too, in case something got through.
constexpr const char* kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Quality</title>
<style>
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #5d6773; --line: #dde2e8; --fill: #2a6fbb; --page: #fff; --bad: #b3391f }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --soft: #9aa4b0; --line: #333b45; --fill: #5b9be0; --page: #15181c; --bad: #f08a72 } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; border-bottom: 1px solid var(--line) }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem } p { margin: .25rem 0; color: var(--soft) }
.wide { overflow-x: auto } table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { padding: .25rem .7rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap }
th { font-weight: 600; color: var(--soft) } th:first-child, td:first-child { text-align: left }
.bar { position: relative; display: inline-block; width: 10rem; height: .8rem; background: var(--line); border-radius: .2rem }
.bar b { position: absolute; height: 100%; background: var(--fill); opacity: .35; border-radius: .2rem }
.bar i { position: absolute; width: 2px; height: 100%; background: var(--fill) }
.cell { position: relative } .cell b { position: absolute; inset: 0; background: var(--fill) } .cell span { position: relative }
.cell.wrong b { background: var(--bad) }
ol { padding-left: 1.5rem } li { margin: .6rem 0 } q { display: block; quotes: none; white-space: pre-wrap; overflow-wrap: anywhere }
small { color: var(--soft) } .said { color: var(--bad); font-weight: 600 } .truly { font-weight: 600 }
</style></head><body>
)";

// Signs of a language of markup, control characters and overrides of the writing direction do nothing.
std::string safe(std::string_view text, std::size_t most = 2000) {
  std::string out;
  if (text.size() > most) {
    while (most > 0 && (text[most] & 0xC0) == 0x80) --most;
    text = text.substr(0, most);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view three = text.substr(i, 3);
    if (three.size() == 3 && three[0] == '\xE2' &&
        ((three[1] == '\x80' && three[2] >= '\xAA' && three[2] <= '\xAE') ||
         (three[1] == '\x81' && three[2] >= '\xA6' && three[2] <= '\xA9'))) {
      out += "\uFFFD", i += 2;
      continue;
    }
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t')
      out += "\uFFFD";
    else
      out += c;
  }
  return out;
}

std::string percent(double share) {
  return fmt::format("{:.2f}%", 100 * std::clamp(share, 0.0, 1.0));
}

// The interval as a bar, the value as a line in it.
std::string bar(const Measure& m) {
  if (std::isnan(m.value) || m.value > 1) return {};
  std::string out = "<span class=bar>";
  if (!std::isnan(m.interval.low))
    out += fmt::format("<b style=\"left:{};width:{}\"></b>", percent(m.interval.low),
                       percent(m.interval.high - m.interval.low));
  return out + fmt::format("<i style=\"left:calc({} - 1px)\"></i></span>", percent(m.value));
}

std::string cell(const Measure* m) {
  if (m == nullptr) return "<td>-</td><td></td>";
  return fmt::format("<td>{}</td><td>{}</td>", shown(m->value), shown(m->interval));
}

std::string figures(const Part& part) {
  std::string out = "<div class=wide><table><tr><th>measure<th>value<th>95 %<th></tr>\n";
  for (const Measure& m : part.score.measures)
    if (m.class_.empty()) out += fmt::format("<tr><td>{}</td>{}<td>{}</td></tr>\n", safe(m.name), cell(&m), bar(m));
  return out + "</table></div>\n";
}

std::string classes(const Report& report, const Part& part) {
  std::string rows;
  std::size_t left = report.top;
  for (const std::string& c : part.task.classes) {
    const Measure* recall = measure(part.score, "recall", c);
    if (recall == nullptr || c.empty() || left-- == 0) continue;
    rows += fmt::format("<tr><td>{}</td><td>{:.0f}</td>{}{}{}</tr>\n", safe(c, 80), recall->of,
                        cell(measure(part.score, "precision", c)), cell(recall), cell(measure(part.score, "f1", c)));
    if (left == 0) break;
  }
  if (rows.empty()) return {};
  return "<h3>By value</h3><div class=wide><table><tr><th>value<th>labelled<th>precision<th>95 %<th>recall<th>95 %"
         "<th>F1<th>95 %</tr>\n" +
         rows + "</table></div>\n";
}

std::string subjects(const Report& report, const Part& part) {
  if (part.subjects.empty()) return {};
  std::string out =
      "<h3>By subject</h3><div class=wide><table><tr><th>subject<th>posts<th>accuracy<th>95 %<th>macro-F1<th>95 %"
      "<th>macro-recall<th>95 %<th>coverage<th>95 %<th>share divergence<th>estimated</tr>\n";
  for (std::size_t i = 0; i < std::min(report.top, part.subjects.size()); ++i) {
    const Score& s = part.subject_scores[i];
    const auto value = [&](const char* name) {
      const Measure* m = measure(s, name, "");
      return m == nullptr ? std::string("-") : shown(m->value);
    };
    out +=
        fmt::format("<tr><td>{}</td><td>{}</td>{}{}{}{}<td>{}</td><td>{}</td></tr>\n",
                    safe(part.subjects[i].subject, 80), part.subjects[i].posts, cell(measure(s, "accuracy", "")),
                    cell(measure(s, "macro_f1", "")), cell(measure(s, "macro_recall", "")),
                    cell(measure(s, "coverage", "")), value("share_divergence"), value("share_divergence_estimated"));
  }
  out += "</table></div>\n";
  if (part.subjects.size() > report.top) out += fmt::format("<p>and {} more</p>\n", part.subjects.size() - report.top);
  return out;
}

// What a chart would show of each subject, beside what is true.
std::string shares(const Report& report, const Part& part) {
  std::string rows;
  const auto add = [&](const std::string& name, const Score& score) {
    for (const std::string& c : part.task.classes)
      if (const Measure* estimated = measure(score, "share_estimated", c))
        rows += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td>{}<td>{}</td></tr>\n", safe(c, 80),
                            safe(name, 80), shown(measure(score, "share_truly", c)->value),
                            shown(measure(score, "share_said", c)->value), cell(estimated), bar(*estimated));
  };
  add({}, part.score);
  for (std::size_t i = 0; i < std::min(report.top, part.subjects.size()); ++i)
    add(part.subjects[i].subject, part.subject_scores[i]);
  if (rows.empty()) return {};
  return "<h3>Shares</h3><div class=wide><table><tr><th>value<th>subject<th>truly<th>counted<th>estimated<th>95 %<th>"
         "</tr>\n" +
         rows + "</table></div>\n";
}

std::string confusion(const Part& part) {
  const Task& task = part.task;
  constexpr std::size_t kWidest = 30;
  if (task.shape != Shape::choice || task.classes.size() > kWidest) return {};
  const std::size_t columns = task.classes.size() + (task.nothing ? 0 : 1);
  std::string out = "<h3>Confusion</h3><div class=wide><table><tr><th>truly \\ said";
  for (std::size_t s = 0; s < columns; ++s)
    out += "<th>" + safe(s < task.classes.size() ? task.classes[s] : "no finding", 40);
  out += "</tr>\n";
  for (std::size_t t = 0; t < task.true_classes; ++t) {
    double all = 0;
    for (std::size_t s = 0; s < columns; ++s) all += count_of(part, t, s);
    out += "<tr><td>" + safe(task.classes[t], 40) + "</td>";
    for (std::size_t s = 0; s < columns; ++s) {
      const double n = count_of(part, t, s);
      out += fmt::format("<td class=\"cell{}\"><b style=\"opacity:{:.2f}\"></b><span>{:.0f}</span></td>",
                         s == t ? "" : " wrong", all > 0 ? 0.6 * n / all : 0, n);
    }
    out += "</tr>\n";
  }
  return out + "</table></div>\n";
}

std::string beside(const Report& report, const Part& part) {
  if (report.against.empty()) return {};
  std::string out = fmt::format(
      "<h3>Beside {}</h3><div class=wide><table><tr><th>measure<th>this<th>other<th>other − this<th>95 %<th>p</tr>\n",
      safe(report.against, 200));
  for (const Compared& c : part.against.measures)
    if (c.class_.empty())
      out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", safe(c.name),
                         shown(c.first), shown(c.second), shown(c.second - c.first), shown(c.difference), shown(c.p));
  out += "</table></div>\n";
  if (!std::isnan(part.against.mcnemar))
    out += fmt::format("<p>Right here alone: {:.0f}; there alone: {:.0f}; McNemar p = {:.3g}</p>\n",
                       part.against.only_first, part.against.only_second, part.against.mcnemar);
  return out;
}

std::string worst(const Report& report, const Part& part) {
  const std::vector<Wrong>& all = part.task.wrong;
  if (all.empty() || report.errors == 0) return {};
  std::string out = fmt::format("<h3>Worst of {} errors</h3><ol>\n", all.size());
  for (std::size_t i = 0; i < std::min(all.size(), report.errors); ++i) {
    const Wrong& w = all[i];
    const Case& one = report.labelled->cases[w.of];
    out += fmt::format(
        "<li>said <span class=said>{}</span> ({:.2f}), truly <span class=truly>{}</span>{}<q>{}</q><small>{}{}</small>"
        "</li>\n",
        safe(w.said, 200), w.score, safe(w.truly, 200), w.subject.empty() ? "" : ", of " + safe(w.subject, 80),
        safe(one.text), safe(one.key, 200), w.reason.empty() ? "" : "; because of " + safe(w.reason, 400));
  }
  return out + "</ol>\n";
}

}  // namespace

std::string as_html(const Report& report) {
  std::string out = kHead;
  out +=
      fmt::format("<h1>{}</h1>\n<p>over {} labelled posts:", safe(report.pipeline, 200), report.labelled->cases.size());
  for (const std::string& file : report.files) out += ' ' + safe(file, 200);
  if (report.left_out > 0) out += fmt::format("; {} rows without text or label left out", report.left_out);
  out += "</p>\n";
  for (const Part& part : report.parts)
    out += fmt::format("<h2>{}</h2><p>{} posts</p>\n", safe(part.task.kind, 80), part.task.posts) + figures(part) +
           classes(report, part) + subjects(report, part) + shares(report, part) + confusion(part) +
           beside(report, part) + worst(report, part);
  return out + "</body></html>\n";
}

}  // namespace earshot::eval
