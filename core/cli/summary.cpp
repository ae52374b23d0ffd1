#include "cli/summary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "earshot/types.hpp"
#include "observe/table.hpp"
#include "runtime/node_meters.hpp"
#include "runtime/post_line.hpp"

namespace earshot::host {
namespace {

constexpr std::size_t kShown = 10;  // alerts

}  // namespace

void RunSummary::begin(const Plan& plan) {
  lines_.clear();
  for (const ComponentPlan& source : plan.sources) lines_.push_back({"source", source.id, source.plugin});
  for (const ComponentPlan& detector : plan.detectors) lines_.push_back({"detector", detector.id, detector.plugin});
  for (const ComponentPlan& sink : plan.sinks) lines_.push_back({"sink", sink.id, sink.plugin});
}

void RunSummary::add(const ear_alert& alert) {
  const std::lock_guard lock(mutex_);
  if (alerts_.size() >= kAlerts && !alerts_.contains(alert.id)) alerts_.erase(alerts_.begin());
  if (alerts_.try_emplace(alert.id).second) ++count_;
  alerts_[alert.id] = {std::string(view(alert.summary)), time_text(alert.start), alert.severity,
                       alert.state == EAR_ALERT_CLOSED};
}

std::uint64_t RunSummary::alerts() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

std::uint64_t RunSummary::refused(Meters& meters) const {
  std::uint64_t sum = 0;
  for (const Line& line : lines_) sum += NodeMeters(meters, line.id).refused.value();
  return sum;
}

std::string RunSummary::text(Meters& meters, bool colour) const {
  using Align = Column::Align;
  Table table({{"component"},
               {"plugin"},
               {"posts in", Align::right},
               {"out", Align::right},
               {"findings", Align::right},
               {"alerts", Align::right},
               {"dead letters", Align::right},
               {"busy", Align::right}});
  const auto number = [](std::uint64_t n) { return n == 0 ? std::string("-") : grouped(n); };
  for (const Line& line : lines_) {
    const NodeMeters m(meters, line.id);
    table.row({Cell(line.id, Style::bold), Cell(line.plugin, Style::dim), number(m.received.value()),
               number(m.sent.value()), number(m.findings.value()), number(m.alerts.value()),
               Cell(number(m.refused.value()), m.refused.value() != 0 ? Style::yellow : Style::plain),
               fmt::format("{:.2f} s", m.call.sum())});
  }
  std::string out = "\n" + table.text(colour);
  const std::lock_guard lock(mutex_);
  if (alerts_.empty()) return out;
  std::vector<const Alert*> shown;
  for (const auto& [id, alert] : alerts_) shown.push_back(&alert);
  std::sort(shown.begin(), shown.end(), [](const Alert* a, const Alert* b) { return a->when > b->when; });
  out += fmt::format("\n{} alert{}{}\n", grouped(count_), count_ == 1 ? "" : "s",
                     count_ > kShown ? ", the last of them:" : ":");
  Table list({{"since"}, {"severity", Align::right}, {"state"}, {"what"}});
  for (std::size_t i = 0; i < shown.size() && i < kShown; ++i)
    list.row({shown[i]->when,
              Cell(std::to_string(shown[i]->severity), shown[i]->severity >= 7 ? Style::red : Style::yellow),
              shown[i]->closed ? "over" : "open", shown[i]->summary});
  return out + list.text(colour);
}

}  // namespace earshot::host
