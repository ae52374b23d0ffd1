// zone.hpp: a time zone with its changes of the clock, from ICU's copy of the tz database. Times are nanoseconds since
// 1970 in UTC. Constant once made: any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace earshot::calendar {

inline constexpr std::int64_t kSecond = 1'000'000'000, kHour = 3600 * kSecond, kDay = 24 * kHour;

struct Date {
  int year = 1970, month = 1, day = 1;  // from 1 on
  friend auto operator<=>(const Date&, const Date&) = default;
};

std::int64_t days_of(Date date);  // since 1970-01-01
Date date_of(std::int64_t days);
int weekday_of(std::int64_t days);  // 0: Monday

struct LocalTime {
  Date date;
  int hour = 0, minute = 0, second = 0;
};

class Zone {
 public:
  // "Europe/Berlin", "UTC". Throws invalid where there is no such zone.
  explicit Zone(std::string_view name);
  ~Zone();
  Zone(Zone&&) noexcept;
  Zone& operator=(Zone&&) noexcept;

  const std::string& name() const { return name_; }
  LocalTime local(std::int64_t time) const;
  // The first moment at which the clocks show that time or, where they leap over it, the moment of the leap.
  std::int64_t time(const LocalTime& local) const;
  std::int64_t start_of(Date date) const { return time({date, 0, 0, 0}); }
  // "2026-05-04 13:00", by the clocks there.
  std::string text(std::int64_t time) const;

 private:
  std::int64_t offset(std::int64_t time) const;

  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::string name_;
};

std::string text(Date date);  // 2026-05-04

}  // namespace earshot::calendar
