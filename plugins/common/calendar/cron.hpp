// cron.hpp: when something is due, as five fields say: minute, hour, day of the month, month, day of the week. Numbers,
// `*`, lists `1,3`, ranges `1-5`, steps `*/15`; months and days also by name (jan, mon); 0 and 7 are Sunday. Where both
// days are given, one of them is enough. Also @hourly, @daily, @weekly (Mondays), @monthly, each at its beginning.
// Constant once made: any thread.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>

#include "calendar/zone.hpp"

namespace earshot::calendar {

class Cron {
 public:
  explicit Cron(std::string_view text);  // throws invalid

  // The first moment behind `time` at which it is due by the clocks of the zone; one that the clocks leap over is due
  // when they leap, one that they show twice is due once. INT64_MAX: never.
  std::int64_t next(std::int64_t time, const Zone& zone) const;

 private:
  bool day(std::int64_t days) const;

  std::bitset<60> minutes_;
  std::bitset<24> hours_;
  std::bitset<32> days_;
  std::bitset<13> months_;
  std::bitset<7> weekdays_;  // 0: Monday
  bool any_day_ = false, any_weekday_ = false;
};

}  // namespace earshot::calendar
