// What the detector says of an event. Its posts are an even sample; an explanation by terms, links and authors may be
// put beside them here, from the rows between the event's begin and end.
#include <algorithm>
#include <cmath>

#include "spike/spike.hpp"
#include "spike/summary.hpp"

namespace earshot::spike {

using baseline::Direction, baseline::Event, baseline::News;

std::string_view Spike::kind_of(const Entry& entry) const {
  const bool up = entry.second.watch.event().direction == Direction::up;
  switch (options().measure) {
    case Measure::sentiment:
      return up ? "sentiment_up" : "sentiment_down";
    case Measure::reach:
      return up ? "reach_up" : "reach_down";
    case Measure::engagement:
      return up ? "engagement_up" : "engagement_down";
    default:
      return up ? "spike" : entry.second.silent ? "silence" : "drop";
  }
}

void Spike::take(News news, Entry& entry, Out& out) {
  Subject& subject = entry.second;
  if (news == News::nothing) return;
  const Event& event = subject.watch.event();
  if (news == News::opened) subject.silent = event.direction == Direction::down && event.observed == 0;
  const bool closed = news == News::closed || news == News::settled;
  if (entry.first.starts_with('\x01')) {  // the stream: only that nothing comes is told
    if (!subject.silent) return;
    tell(entry, "gap", closed, out);
    blind_.add({start_of(event.begin), start_of(closed ? event.end : next_ + 1)});
  } else {
    tell(entry, kind_of(entry), closed, out);
    if (news == News::settled) tell(entry, "shift", true, out);
  }
  if (closed) subject.samples.clear();
}

void Spike::tell(Entry& entry, std::string_view what, bool closed, Out& out) {
  const Subject& subject = entry.second;
  const Event& event = subject.watch.event();
  const bool is_gap = what == "gap";
  const std::string_view id = is_gap ? std::string_view() : std::string_view(entry.first);
  ear_alert alert = make_alert(what, id);
  alert.state = closed ? EAR_ALERT_CLOSED : EAR_ALERT_OPEN;
  alert.start = start_of(event.begin), alert.end = start_of(event.end);
  double unit = 1;  // values are told for each post
  if (shape_.values && !is_gap) {
    const double mean = subject.watch.series().rate(shape_, local(shape_.slot_of(event.end - 1)));
    unit = mean > 0 && event.expected > 0 ? event.expected / mean : 1;
  }
  const double spread = kInterval * std::sqrt(event.variance);
  alert.observed = event.observed / unit, alert.expected = event.expected / unit;
  alert.lower = std::max(0.0, event.expected - spread) / unit, alert.upper = (event.expected + spread) / unit;
  alert.severity = severity(event.a_week, rules_.a_week);
  const Wording wording{id, is_gap ? "post" : std::string_view(options().of), what, options().measure};
  const std::string text = summary(wording, period(alert.start, alert.end, calendar_), alert);
  alert.summary = str(text);
  const std::vector<ear_evidence> evidence = subject.samples.evidence(event.observed);
  alert.evidence = evidence.data(), alert.evidence_count = static_cast<std::uint32_t>(evidence.size());
  out.alert(alert);
}

}  // namespace earshot::spike
