#include "calendar/zone.hpp"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <array>
#include <cstdio>

#include "earshot/error.hpp"

namespace earshot::calendar {

// Days from civil, after Howard Hinnant.
std::int64_t days_of(Date date) {
  const std::int64_t y = date.year - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
  const std::int64_t of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

Date date_of(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097, of_era = days - era * 146'097;
  const std::int64_t year = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100), m = (5 * of_year + 2) / 153;
  const int month = static_cast<int>(m < 10 ? m + 3 : m - 9);
  return {static_cast<int>(year + era * 400 + (month <= 2 ? 1 : 0)), month,
          static_cast<int>(of_year - (153 * m + 2) / 5 + 1)};
}

int weekday_of(std::int64_t days) {
  return static_cast<int>(((days + 3) % 7 + 7) % 7);
}

struct Zone::Impl {
  std::unique_ptr<icu::TimeZone> zone;
};

Zone::Zone(std::string_view name) : impl_(std::make_unique<Impl>()), name_(name) {
  impl_->zone.reset(icu::TimeZone::createTimeZone(
      icu::UnicodeString::fromUTF8({name.data(), static_cast<std::int32_t>(name.size())})));
  if (name.empty() || impl_->zone == nullptr || *impl_->zone == icu::TimeZone::getUnknown())
    throw invalid("this is no time zone: write one as Europe/Berlin, or UTC");
}
Zone::~Zone() = default;
Zone::Zone(Zone&&) noexcept = default;
Zone& Zone::operator=(Zone&&) noexcept = default;

std::int64_t Zone::offset(std::int64_t time) const {
  std::int32_t raw = 0, summer = 0;
  UErrorCode error = U_ZERO_ERROR;
  const std::int64_t ms = time >= 0 ? time / 1'000'000 : (time - 999'999) / 1'000'000;
  impl_->zone->getOffset(static_cast<double>(ms), false, raw, summer, error);
  return (std::int64_t{raw} + summer) * 1'000'000;
}

LocalTime Zone::local(std::int64_t time) const {
  const std::int64_t there = time + offset(time);
  const std::int64_t days = there / kDay - (there % kDay < 0 ? 1 : 0), seconds = (there - days * kDay) / kSecond;
  return {date_of(days), static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60),
          static_cast<int>(seconds % 60)};
}

std::int64_t Zone::time(const LocalTime& l) const {
  const std::int64_t wall = days_of(l.date) * kDay + ((l.hour * 60 + l.minute) * 60 + std::int64_t{l.second}) * kSecond;
  // The offsets a day before and a day behind are those of both sides of a change nearby.
  const std::int64_t before = offset(wall - kDay), behind = offset(wall + kDay);
  const std::int64_t early = wall - std::max(before, behind), late = wall - std::min(before, behind);
  if (early + offset(early) == wall) return early;
  if (late + offset(late) == wall) return late;
  // The clocks leap over it: the moment at which they do.
  std::int64_t low = early - kHour * 3, high = late + kHour * 3;
  while (high - low > kSecond) {
    const std::int64_t middle = low + (high - low) / 2;
    (offset(middle) == before ? low : high) = middle;
  }
  return high / kSecond * kSecond;
}

std::string Zone::text(std::int64_t time) const {
  const LocalTime l = local(time);
  std::array<char, 16> clock{};
  std::snprintf(clock.data(), clock.size(), " %02d:%02d", l.hour, l.minute);
  return calendar::text(l.date) + clock.data();
}

std::string text(Date date) {
  std::array<char, 40> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02d-%02d", date.year, date.month, date.day);
  return out.data();
}

}  // namespace earshot::calendar
