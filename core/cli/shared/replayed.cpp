#include "cli/shared/replayed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/json_text.hpp"
#include "earshot/types.hpp"
#include "observe/table.hpp"
#include "runtime/copy.hpp"
#include "runtime/post_line.hpp"

namespace earshot::host {
namespace {

constexpr double kWeek = 7 * 86400e9;
constexpr std::size_t kMostShown = 200;  // alerts in a table

// Of each alert of `a`: its place in `b`, or none. Each of `b` is taken once.
std::vector<std::size_t> matches(const std::vector<ReplayedAlert>& a, const std::vector<ReplayedAlert>& b) {
  using Key = std::tuple<std::string_view, std::string_view, std::string_view>;
  std::map<Key, std::vector<std::size_t>> alike;  // places in `b`, by start; what is taken or too early goes
  for (std::size_t k = 0; k < b.size(); ++k) alike[{b[k].detector, b[k].kind, b[k].subject}].push_back(k);
  for (auto& [key, places] : alike) std::reverse(places.begin(), places.end());
  std::vector<std::size_t> of(a.size(), SIZE_MAX);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::vector<std::size_t>& places = alike[{a[i].detector, a[i].kind, a[i].subject}];
    while (!places.empty() && b[places.back()].end < a[i].start) places.pop_back();
    if (places.empty() || b[places.back()].start > a[i].end) continue;
    of[i] = places.back(), places.pop_back();
  }
  return of;
}

// By the two digits that are shown.
bool is_over(double a_week, double budget) {
  return a_week >= budget + 0.005;
}

void write(JsonText& json, const ReplayedAlert& a) {
  json.open('{').field("detector", a.detector).field("kind", a.kind).field("subject", a.subject);
  json.field("start", time_text(a.start)).field("end", time_text(a.end)).field("raised", time_text(a.raised));
  json.field("state", a.closed ? "closed" : "open").field("severity", a.severity).field("said", a.said);
  json.field("observed", a.observed).field("expected", a.expected).field("lower", a.lower).field("upper", a.upper);
  json.field("summary", a.summary).key("evidence").open('[');
  for (const std::string& post : a.evidence) json.value(post);
  json.close(']').close('}');
}

void write(JsonText& json, const Replayed& r) {
  const auto names = [&](const char* key, const std::vector<std::string>& all) {
    json.key(key).open('[');
    for (const std::string& name : all) json.value(name);
    json.close(']');
  };
  json.field("pipeline", r.pipeline).field("store", r.store).field("learnt_from", time_text(r.first));
  json.field("from", time_text(r.from))
      .field("to", time_text(r.to))
      .field("posts", r.posts)
      .field("weeks", r.weeks())
      .field("budget", r.budget);
  names("run_again", r.again), names("as_stored", r.stored);
  json.key("totals").open('[');
  for (const ReplayTotal& t : totals(r)) {
    const double a_week = r.a_week(t.alerts);
    json.open('{').field("detector", t.detector).field("subject", t.subject).field("alerts", t.alerts);
    json.field("a_week", a_week).field("over_budget", is_over(a_week, r.budget)).field("gravest", t.gravest).close('}');
  }
  json.close(']').key("alerts").open('[');
  for (const ReplayedAlert& alert : r.alerts) write(json, alert);
  json.close(']');
}

std::string short_time(ear_time time) {  // 2026-03-14 08:00
  std::string text = time_text(time).substr(0, 16);
  if (text.size() > 10) text[10] = ' ';
  return text;
}

std::vector<Cell> cells(const ReplayedAlert& a) {
  const Style style = a.severity >= 7 ? Style::red : Style::yellow;
  return {short_time(a.start),
          a.closed ? short_time(a.end) : std::string("open"),
          Cell(a.detector, Style::dim),
          Cell(a.subject, Style::bold),
          Cell(std::to_string(a.severity), style),
          a.summary};
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out.empty() ? "none" : out;
}

// What was done, and what the alerts rest on.
std::string heading(const Replayed& r) {
  std::string out = fmt::format("{} posts of {} through {}: from {} to {}, {:.1f} weeks\n", grouped(r.posts), r.store,
                                r.pipeline, short_time(r.from), short_time(r.to), r.weeks());
  if (r.first < r.from)
    out += fmt::format("learnt from {} on, {:.1f} weeks; alerts of that time are not shown\n", short_time(r.first),
                       static_cast<double>(r.from - r.first) / kWeek);
  else
    out += "learnt from nothing: detectors begin with an empty memory; --from shows only what comes later\n";
  return out + fmt::format("run again: {}; as stored: {}\n", listed(r.again), listed(r.stored));
}

Table alert_table() {
  return Table({{"from"}, {"to"}, {"detector"}, {"subject"}, {"severity", Column::Align::right}, {"what"}});
}

}  // namespace

void ReplayedAlerts::add(const ear_alert& alert) {
  const std::lock_guard lock(mutex_);
  ReplayedAlert& a = alerts_[alert.id];
  if (a.said++ == 0) a.raised = alert.end;
  a.detector = view(alert.detector), a.kind = view(alert.kind), a.subject = view(alert.subject);
  a.summary = view(alert.summary), a.start = alert.start, a.end = alert.end;
  a.closed = alert.state == EAR_ALERT_CLOSED, a.severity = alert.severity;
  a.observed = alert.observed, a.expected = alert.expected, a.lower = alert.lower, a.upper = alert.upper;
  a.evidence.clear();
  for (std::uint32_t i = 0; i < alert.evidence_count; ++i) {
    const ear_evidence& e = at_stride(alert.evidence, alert.evidence_stride, i);
    a.evidence.push_back(std::string(view(e.platform)).append("/").append(view(e.id)));
  }
}

std::vector<ReplayedAlert> ReplayedAlerts::since(ear_time from) const {
  const std::lock_guard lock(mutex_);
  std::vector<ReplayedAlert> all;
  for (const auto& [id, alert] : alerts_)
    if (from == EAR_TIME_NONE || alert.raised >= from) all.push_back(alert);
  std::sort(all.begin(), all.end(), [](const ReplayedAlert& a, const ReplayedAlert& b) {
    return std::tie(a.start, a.detector, a.subject, a.kind) < std::tie(b.start, b.detector, b.subject, b.kind);
  });
  return all;
}

double Replayed::weeks() const {
  return to > from ? static_cast<double>(to - from) / kWeek : 0;
}

double Replayed::a_week(std::size_t count) const {
  return static_cast<double>(count) / std::max(weeks(), 1.0);
}

std::vector<ReplayTotal> totals(const Replayed& replayed) {
  std::map<std::pair<std::string, std::string>, ReplayTotal> all;
  for (const ReplayedAlert& a : replayed.alerts) {
    ReplayTotal& total = all[{a.detector, a.subject}];
    total.detector = a.detector, total.subject = a.subject;
    ++total.alerts, total.gravest = std::max(total.gravest, a.severity);
  }
  std::vector<ReplayTotal> out;
  for (auto& [key, total] : all) out.push_back(std::move(total));
  return out;
}

std::string replayed_text(const Replayed& r, bool colour, std::size_t width) {
  std::string out = heading(r) + '\n';
  if (r.alerts.empty()) return out + "no alert\n";
  Table list = alert_table();
  for (std::size_t i = 0; i < std::min(r.alerts.size(), kMostShown); ++i) list.row(cells(r.alerts[i]));
  out += list.text(colour, width) + '\n';
  if (r.alerts.size() > kMostShown)
    out += fmt::format("and {} more: --json has all\n\n", grouped(r.alerts.size() - kMostShown));
  Table sums({{"detector"},
              {"subject"},
              {"alerts", Column::Align::right},
              {"a week", Column::Align::right},
              {"gravest", Column::Align::right},
              {""}});
  std::size_t over = 0;
  const std::vector<ReplayTotal> all = totals(r);
  for (const ReplayTotal& t : all) {
    const double a_week = r.a_week(t.alerts);
    over += is_over(a_week, r.budget) ? 1u : 0u;
    sums.row({Cell(t.detector, Style::dim), Cell(t.subject, Style::bold), std::to_string(t.alerts),
              fmt::format("{:.2f}", a_week), std::to_string(t.gravest),
              is_over(a_week, r.budget) ? Cell("over the budget", Style::red) : Cell("")});
  }
  out += sums.text(colour, width);
  const double a_week = r.a_week(r.alerts.size());
  return out + fmt::format("\n{}, {:.1f} a week; {} of {} over the budget of {:g} a week for a subject and detector\n",
                           counted(r.alerts.size(), "alert"), a_week, over, all.size(), r.budget);
}

std::string replayed_json(const Replayed& replayed) {
  std::string out;
  JsonText json(out);
  json.open('{');
  write(json, replayed);
  json.close('}');
  return out + '\n';
}

std::string difference_text(const Replayed& one, const Replayed& other, bool colour, std::size_t width) {
  const std::vector<std::size_t> there = matches(one.alerts, other.alerts);
  const std::set<std::size_t> both(there.begin(), there.end());
  Table table({{""}, {"from"}, {"to"}, {"detector"}, {"subject"}, {"severity", Column::Align::right}, {"what"}});
  const auto add = [&](const char* sign, Style style, const ReplayedAlert& alert, std::string severity) {
    std::vector<Cell> row = cells(alert);
    if (!severity.empty()) row[4] = Cell(std::move(severity), style);
    row.insert(row.begin(), Cell(sign, style));
    table.row(std::move(row));
  };
  std::size_t only = 0, gone = 0, changed = 0;
  for (std::size_t i = 0; i < one.alerts.size(); ++i) {
    const ReplayedAlert& a = one.alerts[i];
    if (there[i] == SIZE_MAX) {
      ++gone, add("-", Style::red, a, {});
    } else if (const ReplayedAlert& b = other.alerts[there[i]]; a.severity != b.severity) {
      ++changed, add("~", Style::yellow, b, fmt::format("{} -> {}", a.severity, b.severity));
    }
  }
  for (std::size_t k = 0; k < other.alerts.size(); ++k)
    if (!both.contains(k)) ++only, add("+", Style::green, other.alerts[k], {});
  std::string out = fmt::format("\n{} against {}: {} in both, {} gone (-), {} new (+), {} of another severity (~)\n",
                                other.pipeline, one.pipeline, one.alerts.size() - gone, gone, only, changed);
  return table.empty() ? out : out + '\n' + table.text(colour, width);
}

std::string difference_json(const Replayed& one, const Replayed& other) {
  const std::vector<std::size_t> there = matches(one.alerts, other.alerts);
  const std::set<std::size_t> both(there.begin(), there.end());
  std::string out;
  JsonText json(out);
  json.open('{').key("this").open('{');
  write(json, other);
  json.close('}').key("against").open('{');
  write(json, one);
  json.close('}').key("gone").open('[');
  for (std::size_t i = 0; i < one.alerts.size(); ++i)
    if (there[i] == SIZE_MAX) write(json, one.alerts[i]);
  json.close(']').key("new").open('[');
  for (std::size_t k = 0; k < other.alerts.size(); ++k)
    if (!both.contains(k)) write(json, other.alerts[k]);
  json.close(']').close('}');
  return out + '\n';
}

}  // namespace earshot::host
