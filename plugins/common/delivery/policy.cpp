#include "delivery/policy.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace earshot::delivery {

using alert_book::Alert;
using alert_book::Life;
using alert_book::Mute;
using alert_book::Route;

namespace {

constexpr std::string_view kPurposes[] = {"alert",    "update", "acknowledged", "closed",
                                          "reminder", "digest", "escalation"};

Decision settle(ear_time until = EAR_TIME_END) {
  Decision d;
  d.until = until;
  return d;
}
Decision hold(std::string why, ear_time until = EAR_TIME_END) {
  Decision d;
  d.what = Decision::What::hold, d.why = std::move(why), d.until = until;
  return d;
}
Decision tell(Purpose purpose, ear_time since) {
  Decision d;
  d.what = Decision::What::tell, d.purpose = purpose, d.since = since;
  return d;
}

bool among(const std::vector<std::string>& wanted, const std::string& one) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), one) != wanted.end();
}

// An alert that this channel has not told anybody yet.
Decision first_time(const Policy& p, const Route& r, ear_time now) {
  const Alert& a = r.alert;
  if (a.life == Life::closed && !a.life_by.empty()) return settle();
  if (!among(p.subjects, a.subject)) return hold("this channel is not for the subject " + a.subject);
  if (!among(p.kinds, a.kind)) return hold("this channel is not for alerts of the kind " + a.kind);
  if (a.severity < p.min_severity)
    return hold("severity " + std::to_string(a.severity) + " is below " + std::to_string(p.min_severity));
  if (a.life == Life::acknowledged) return hold("acknowledged before it was told here");
  if (p.stale_after.count() > 0 && a.raised - a.end > p.stale_after.count())
    return hold("old news: it was raised long after its time");
  if (p.escalate_after.count() == 0) return tell(Purpose::alert, r.changed);
  if (a.life == Life::closed) return settle();
  const ear_time due = a.raised + p.escalate_after.count();
  if (now < due) return hold("waits whether somebody acknowledges it", due);
  return tell(Purpose::escalation, due);
}

Duration reminder_interval(const Policy& p, std::int64_t before) {
  const double grown =
      static_cast<double>(p.remind_after.count()) * std::pow(p.remind_growth, static_cast<double>(before));
  const auto slowest = static_cast<double>(std::max(p.remind_slowest, p.remind_after).count());
  return Duration{static_cast<std::int64_t>(std::min(grown, slowest))};
}

// One that was told before.
Decision again(const Policy& p, const Route& r, ear_time now) {
  const Alert& a = r.alert;
  if (a.life != r.told_life) {
    if (a.life == Life::open) return tell(Purpose::update, r.changed);
    if (p.closings || p.each_step)
      return tell(a.life == Life::closed ? Purpose::closed : Purpose::acknowledged, r.changed);
  }
  if (a.life == Life::closed) return settle();
  const bool worse = a.severity > r.told_severity;
  if (a.revision > r.told && (p.updates == Updates::all || (p.updates == Updates::worse && worse)))
    return tell(Purpose::update, r.changed);
  if (a.life != Life::open || p.remind_after.count() == 0 || r.reminders >= p.remind_most) return settle();
  const ear_time due = r.last_told + reminder_interval(p, r.reminders).count();
  return now < due ? settle(due) : tell(Purpose::reminder, due);
}

std::string words(const Mute& mute) {
  std::string text = "muted by " + mute.by;
  if (!mute.why.empty()) text += ": " + mute.why;
  return text;
}

}  // namespace

std::string_view word(Purpose purpose) {
  return kPurposes[static_cast<std::size_t>(purpose)];
}

Purpose purpose_of(std::string_view text) {
  const auto* found = std::find(std::begin(kPurposes), std::end(kPurposes), text);
  return found == std::end(kPurposes) ? Purpose::alert : static_cast<Purpose>(found - std::begin(kPurposes));
}

Decision decide(const Policy& p, const Route& route, const std::vector<Mute>& mutes, ear_time now) {
  if (route.under_way) return settle();  // looked at again once that message is done
  Decision d = route.told == 0 ? first_time(p, route, now) : again(p, route, now);
  if (d.what != Decision::What::tell) return d;
  const Alert& a = route.alert;
  const bool is_old = p.urgent_after.count() > 0 && a.life == Life::open && now - a.raised >= p.urgent_after.count();
  d.urgent = a.severity >= p.urgent_from || d.purpose == Purpose::escalation || is_old;
  if (p.each_step && (d.purpose == Purpose::closed || d.purpose == Purpose::acknowledged)) return d;
  for (const Mute& mute : mutes)
    if (mute.scope.covers(a)) return hold(words(mute), mute.until);
  if (d.urgent) return d;
  if (!p.digest.empty()) {
    const ear_time due = p.digest.next(d.since, p.zone);
    if (now < due) return hold("goes into the next digest", due);
    d.purpose = Purpose::digest;
  }
  if (const auto end = p.quiet.end_of(now, p.zone)) return hold("quiet hours", *end);
  return d;
}

Duration backoff(Duration first, Duration slowest, std::int64_t failures, double chance) {
  const double doubled =
      static_cast<double>(first.count()) * std::exp2(std::min<double>(static_cast<double>(failures - 1), 60));
  const double bounded = std::min(doubled, static_cast<double>(std::max(first, slowest).count()));
  return Duration{static_cast<std::int64_t>(bounded * (1 - chance / 2))};
}

}  // namespace earshot::delivery
