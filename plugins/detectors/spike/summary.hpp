// summary.hpp: an alert in one sentence, and how bad it is. Free functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "baseline/calendar.hpp"
#include "earshot/types.hpp"
#include "spike/options.hpp"

namespace earshot::spike {

// What is usual, nineteen times in twenty: of a gamma distribution for counts (Wilson and Hilferty 1931), else normal.
struct Interval {
  double lower = 0, upper = 0;
};
Interval usual(double mean, double variance, bool is_count);

// "on 2026-03-14", "from 2026-03-14 08:00 to 23:00 UTC", "from 2026-03-14 22:00 to 2026-03-15 06:00 Europe/Berlin"
std::string period(ear_time from, ear_time to, const baseline::Calendar& calendar);

struct Wording {
  std::string_view subject, counted;  // mention, topic …
  std::string_view kind;              // of the alert
  Measure measure = Measure::posts;
  std::string why = {};  // mostly "battery" (62 %)
};

// `acme: 143 mentions on 2026-03-14, 31 expected (18 to 46), mostly "battery" (62 %)`
std::string summary(const Wording& wording, std::string_view when, const ear_alert& figures);
// "no post from source feed on 2026-03-14, 31 expected (18 to 46): …"
std::string gap_summary(std::string_view source, std::string_view when, const ear_alert& figures);

// 1..10: 3 where the budget was just kept, 2 more each time it is ten times as rare.
std::uint32_t severity(double a_week, double budget);

}  // namespace earshot::spike
