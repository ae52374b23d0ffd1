// What a channel tells of an alert, and when.
#include "delivery/policy.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "earshot/testing.hpp"

using namespace earshot::delivery;
using namespace std::chrono_literals;
using earshot::alert_book::Life;
using earshot::alert_book::Mute;
using earshot::alert_book::Route;
using What = Decision::What;

namespace {

constexpr ear_time kNow = 1'777'636'800'000'000'000;  // 2026-05-01T12:00:00Z
constexpr ear_time kHour = 3'600'000'000'000;

Route route(std::uint32_t severity = 5) {
  Route r;
  r.alert.id = "a", r.alert.subject = "acme", r.alert.kind = "spike", r.alert.revision = 1;
  r.alert.severity = severity, r.alert.raised = r.changed = kNow;
  return r;
}

Route told(std::uint32_t severity = 5) {
  Route r = route(severity);
  r.told = 1, r.told_severity = severity, r.first_told = r.last_told = kNow;
  return r;
}

Decision decided(const Policy& p, const Route& r, ear_time now = kNow, const std::vector<Mute>& mutes = {}) {
  return decide(p, r, mutes, now);
}

}  // namespace

TEST_CASE("a new alert is told, one below the severity or for other subjects is not") {
  Policy p;
  CHECK(decided(p, route()).what == What::tell);
  p.min_severity = 6;
  CHECK(decided(p, route()).why == "severity 5 is below 6");
  p.min_severity = 1, p.subjects = {"rival"};
  CHECK(decided(p, route()).what == What::hold);
  p.subjects = {"acme"}, p.kinds = {"silence"};
  CHECK(decided(p, route()).what == What::hold);
}

TEST_CASE("nothing is told while a message about it is under way") {
  Route r = told();
  r.alert.revision = 2, r.alert.severity = 9, r.under_way = true;
  CHECK(decided({}, r).what == What::settle);
}

TEST_CASE("growth is told as the user wants: when it gets worse, always, or never") {
  Route grown = told(), worse = told();
  grown.alert.revision = 2;
  worse.alert.revision = 2, worse.alert.severity = 6;
  Policy p;
  CHECK(decided(p, grown).what == What::settle);
  CHECK(decided(p, worse).purpose == Purpose::update);
  CHECK(decided(p, worse).what == What::tell);
  p.updates = Updates::all;
  CHECK(decided(p, grown).what == What::tell);
  p.updates = Updates::none;
  CHECK(decided(p, worse).what == What::settle);
}

TEST_CASE("closing and acknowledging are told once, unless the user does not want to know") {
  Route closed = told(), seen = told();
  closed.alert.life = Life::closed, seen.alert.life = Life::acknowledged;
  Policy p;
  CHECK(decided(p, closed).purpose == Purpose::closed);
  CHECK(decided(p, seen).purpose == Purpose::acknowledged);
  closed.told_life = Life::closed;
  CHECK(decided(p, closed).what == What::settle);
  p.closings = false;
  CHECK(decided(p, seen).what == What::settle);
}

TEST_CASE("an alert that a person closed before it was told is not told, one that its detector closed is") {
  Route r = route();
  r.alert.life = Life::closed, r.alert.life_by = "ana";
  CHECK(decided({}, r).what == What::settle);
  r.alert.life_by = "";
  CHECK(decided({}, r).what == What::tell);
}

TEST_CASE("an alert that is opened again is told again") {
  Route r = told();
  r.told_life = Life::closed;
  CHECK(decided({}, r).purpose == Purpose::update);
  CHECK(decided({}, r).what == What::tell);
}

TEST_CASE("reminders come at growing intervals up to the slowest, and end at their number") {
  Policy p;
  p.remind_after = 1h, p.remind_slowest = 3h, p.remind_most = 4;
  Route r = told();
  const std::vector<int> hours{1, 2, 3, 3};
  for (const int interval : hours) {
    const ear_time due = r.last_told + interval * kHour;
    CHECK(decided(p, r, due - 1).until == due);
    CHECK(decided(p, r, due).purpose == Purpose::reminder);
    r.last_told = due, ++r.reminders;
  }
  CHECK(decided(p, r, r.last_told + 100 * kHour).what == What::settle);
  r.reminders = 0, r.alert.life = r.told_life = Life::acknowledged;
  CHECK(decided(p, r, r.last_told + 100 * kHour).what == What::settle);
}

TEST_CASE("quiet hours hold back what is not urgent") {
  Policy p;
  p.quiet = Stretches({"11:00-13:00"});
  CHECK(decided(p, route()).why == "quiet hours");
  CHECK(decided(p, route()).until == kNow + kHour);
  CHECK(decided(p, route(9)).what == What::tell);
  CHECK(decided(p, route(9)).urgent);
  CHECK(decided(p, route(), kNow + kHour).what == What::tell);
  p.urgent_from = 11;
  CHECK(decided(p, route(10)).what == What::hold);
}

TEST_CASE("an alert that stays open for long becomes urgent") {
  Policy p;
  p.quiet = Stretches({"11:00-20:00"}), p.urgent_after = 2h;
  CHECK(decided(p, route(), kNow + kHour).what == What::hold);
  CHECK(decided(p, route(), kNow + 2 * kHour).what == What::tell);
}

TEST_CASE("a mute holds back everything, urgent or not, but not the closing that a receiver must follow") {
  const std::vector<Mute> mutes{{1, {.subject = "acme"}, kNow + kHour, kNow, "ana", ""}};
  CHECK(decided({}, route(10), kNow, mutes).why == "muted by ana");
  CHECK(decided({}, route(10), kNow, mutes).until == kNow + kHour);
  Route closed = told();
  closed.alert.life = Life::closed;
  Policy p;
  CHECK(decided(p, closed, kNow, mutes).what == What::hold);
  p.each_step = true, p.closings = false;
  CHECK(decided(p, closed, kNow, mutes).what == What::tell);
}

TEST_CASE("a digest waits for the first of its times after the news") {
  Policy p;
  p.digest = Moments({"13:30"});
  CHECK(decided(p, route()).until == kNow + kHour + kHour / 2);
  CHECK(decided(p, route(), kNow + 2 * kHour).purpose == Purpose::digest);
  CHECK(decided(p, route(9)).purpose == Purpose::alert);
}

TEST_CASE("an escalation comes when nobody has acknowledged in time, and is urgent") {
  Policy p;
  p.escalate_after = 1h, p.quiet = Stretches({"11:00-20:00"});
  CHECK(decided(p, route()).until == kNow + kHour);
  CHECK(decided(p, route(), kNow + kHour).purpose == Purpose::escalation);
  CHECK(decided(p, route(), kNow + kHour).what == What::tell);
  Route seen = route();
  seen.alert.life = Life::acknowledged;
  CHECK(decided(p, seen, kNow + kHour).what == What::hold);
  seen.alert.life = Life::closed;
  CHECK(decided(p, seen, kNow + kHour).what == What::settle);
}

TEST_CASE("old news is kept back where the user wants so") {
  Policy p;
  Route r = route();
  r.alert.end = kNow - 48 * kHour;
  CHECK(decided(p, r).what == What::tell);
  p.stale_after = 24h;
  CHECK(decided(p, r).what == What::hold);
}

TEST_CASE("waits double up to the slowest, and are spread over half of themselves") {
  CHECK(backoff(1s, 60s, 1, 0) == 1s);
  CHECK(backoff(1s, 60s, 4, 0) == 8s);
  CHECK(backoff(1s, 60s, 1000, 0) == 60s);
  CHECK(backoff(1s, 60s, 1, 0.999) > 500ms);
  CHECK(backoff(90s, 60s, 1, 0) == 90s);
}
