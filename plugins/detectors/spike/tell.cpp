// What the detector says of an event, and of a source that has died.
#include <algorithm>
#include <cmath>

#include "spike/spike.hpp"
#include "spike/summary.hpp"

namespace earshot::spike {

using baseline::Direction, baseline::Event, baseline::News;

std::string_view Spike::kind_of(const Subject& subject) const {
  const bool up = subject.watch.event().direction == Direction::up;
  switch (options().measure) {
    case Measure::sentiment:
      return up ? "sentiment_up" : "sentiment_down";
    case Measure::reach:
      return up ? "reach_up" : "reach_down";
    case Measure::engagement:
      return up ? "engagement_up" : "engagement_down";
    default:
      return up ? "spike" : subject.silent ? "silence" : "drop";
  }
}

void Spike::take(News news, Entry& entry, Out& out) {
  Subject& subject = entry.second;
  if (news == News::nothing) return;
  const Event& event = subject.watch.event();
  if (news == News::opened) subject.silent = event.direction == Direction::down && event.observed == 0;
  const bool closed = news == News::closed || news == News::settled;
  tell(entry, kind_of(subject), closed, out);
  if (news == News::settled) tell(entry, "shift", true, out);
  if (closed) subject.samples.clear();
}

// What an explanation accounts for: of reach and engagement the people behind the mean of logarithms, of sentiment the
// posts on the side that it went to.
static explain::Figures explained(Measure measure, bool up, const ear_alert& alert, double posts, double sampled) {
  if (!is_value(measure)) return {alert.observed, alert.expected};
  if (measure == Measure::sentiment) {
    const auto side = [&](double mean) { return posts * (up ? mean : 1 - mean); };
    return {side(alert.observed), side(alert.expected)};
  }
  return {sampled, sampled * std::expm1(alert.expected) / std::max(std::expm1(alert.observed), 1e-9)};
}

void Spike::tell(Entry& entry, std::string_view what, bool closed, Out& out) {
  const Subject& subject = entry.second;
  const Event& event = subject.watch.event();
  ear_alert alert = make_alert(what, entry.first);
  alert.state = closed ? EAR_ALERT_CLOSED : EAR_ALERT_OPEN;
  alert.start = start_of(event.begin), alert.end = start_of(event.end);
  double unit = 1;  // values are told for each post
  if (shape_.values) {
    const double mean = subject.watch.series().rate(shape_, local(shape_.slot_of(event.end - 1)));
    unit = mean > 0 && event.expected > 0 ? event.expected / mean : 1;
  }
  alert.observed = event.observed / unit, alert.expected = event.expected / unit;
  const Interval interval = usual(event.expected, event.variance, !shape_.values);
  alert.lower = interval.lower / unit, alert.upper = interval.upper / unit;
  alert.severity = severity(event.a_week, rules_.a_week);
  const bool up = event.direction == Direction::up;
  const explain::Sample& sample =
      options().measure == Measure::sentiment && !up ? subject.samples.down : subject.samples.up;
  const explain::Explanation why(sample, subject.background,
                                 explained(options().measure, up, alert, unit, sample.total()), values_,
                                 static_cast<std::size_t>(options().evidence));
  const Wording wording{entry.first, options().of, what, options().measure, why.mostly()};
  const std::string text = summary(wording, period(alert.start, alert.end, calendar_), alert);
  alert.summary = str(text);
  alert.attributes = why.attributes().data();
  alert.attribute_count = static_cast<std::uint32_t>(why.attributes().size());
  const std::vector<ear_evidence> evidence = why.evidence();
  alert.evidence = evidence.data(), alert.evidence_count = static_cast<std::uint32_t>(evidence.size());
  out.alert(alert);
}

// Sources that die at once are told apart by parts of a microsecond: an alert is known by its start.
void Spike::tell_gap(const Source& source, const Lull& lull, bool closed, Out& out) {
  ear_alert alert = make_alert("gap", {});
  alert.state = closed ? EAR_ALERT_CLOSED : EAR_ALERT_OPEN;
  const ear_time from = start_of(lull.from), to = start_of(lull.to);
  alert.start = from + static_cast<ear_time>(source_id(source.name) % 1000);
  alert.end = std::max(to, alert.start);
  alert.observed = 0, alert.expected = lull.missed;
  const Interval interval = usual(lull.missed, lull.variance, true);
  alert.lower = interval.lower, alert.upper = interval.upper;
  alert.severity = severity(lull.a_week, rules_.a_week);
  const std::string text = gap_summary(source.name, period(from, to, calendar_), alert);
  alert.summary = str(text);
  const ear_value name = text_value("source", source.name);
  alert.attributes = &name, alert.attribute_count = 1;
  out.alert(alert);
}

}  // namespace earshot::spike
