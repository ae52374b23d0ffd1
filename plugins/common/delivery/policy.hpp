// policy.hpp: what a channel tells of an alert, and when: pure decisions about one route, without the book or the
// clock. Values; any thread. docs/delivery.md explains it to people.
#pragma once

#include <string>
#include <vector>

#include "alert_book/outbox.hpp"
#include "delivery/calendar.hpp"
#include "earshot/types.hpp"

namespace earshot::delivery {

enum class Purpose { alert, update, acknowledged, closed, reminder, digest, escalation };
std::string_view word(Purpose purpose);
Purpose purpose_of(std::string_view word);

enum class Updates { none, worse, all };

struct Policy {
  std::uint32_t min_severity = 1;
  std::uint32_t urgent_from = 9;             // nothing holds back an alert so severe, unless somebody has muted it
  std::vector<std::string> subjects, kinds;  // empty: all
  Updates updates = Updates::worse;
  bool closings = true;
  bool each_step = false;  // the receiver keeps a state of its own, which must follow: closings are never held back
  Duration group_within{0};
  std::int64_t most_per_hour = 0;  // messages; 0: no limit
  Stretches quiet{{}};
  Moments digest{{}};
  Zone zone{"UTC"};
  Duration remind_after{0}, remind_slowest{0};
  double remind_growth = 2;
  std::int64_t remind_most = 0;
  Duration escalate_after{0}, urgent_after{0}, stale_after{0};
};

struct Decision {
  enum class What { settle, hold, tell };
  What what = What::settle;
  ear_time until = EAR_TIME_END;  // settle, hold: when to look again; EAR_TIME_END: when something changes
  std::string why;                // hold: in words
  Purpose purpose = Purpose::alert;
  bool urgent = false;
  ear_time since = 0;  // tell: when there came to be something to tell
};

Decision decide(const Policy& policy, const alert_book::Route& route, const std::vector<alert_book::Mute>& mutes,
                ear_time now);

// How long to wait after that many failures in a row (1, 2, …): doubled each time, and less by up to a half by
// `chance`, which is in [0, 1), so that many who failed together do not come back together.
Duration backoff(Duration first, Duration slowest, std::int64_t failures, double chance);

}  // namespace earshot::delivery
