// period.hpp: days, weeks (from Monday on) and months by the clocks of a time zone. Free functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/zone.hpp"

namespace earshot::calendar {

// [from, to), nanoseconds in UTC.
struct Period {
  std::int64_t from = 0, to = 0;
  bool has(std::int64_t time) const { return from <= time && time < to; }
  friend bool operator==(const Period&, const Period&) = default;
};

enum class Step { hour, day, week, month };

// The day, week or month that a time falls into; an hour is one of UTC.
Period around(std::int64_t time, Step step, const Zone& zone);
// The one before, and the one behind.
Period before(const Period& period, Step step, const Zone& zone);
Period behind(const Period& period, Step step, const Zone& zone);

// Where the steps of a period begin, and its end: from, …, to.
std::vector<std::int64_t> edges(const Period& period, Step step, const Zone& zone);

// "2026-05-04..2026-05-10": both days included; also times, "2026-05-04T12:00..2026-05-04T18:00", the end not
// included. Throws invalid.
Period period_of(std::string_view text, const Zone& zone);

// "4 May 2026", "4 to 10 May 2026", or with times where it does not begin and end with days.
std::string title_of(const Period& period, const Zone& zone);

}  // namespace earshot::calendar
