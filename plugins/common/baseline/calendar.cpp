#include "baseline/calendar.hpp"

#include <unicode/timezone.h>

#include <stdexcept>

#include "baseline/shape.hpp"

namespace earshot::baseline {

struct Calendar::Zone {
  std::unique_ptr<icu::TimeZone> zone;
};

Calendar::Calendar() = default;
Calendar::Calendar(Calendar&&) noexcept = default;
Calendar& Calendar::operator=(Calendar&&) noexcept = default;
Calendar::~Calendar() = default;

Calendar::Calendar(const std::string& zone) : name_(zone) {
  if (zone == "UTC") return;
  std::unique_ptr<icu::TimeZone> found(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone)));
  if (!found || *found == icu::TimeZone::getUnknown()) throw std::invalid_argument("this is no time zone");
  zone_ = std::make_unique<Zone>();
  zone_->zone = std::move(found);
}

std::int64_t Calendar::offset(std::int64_t time) const {
  if (!zone_) return 0;
  std::int32_t raw = 0, summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone_->zone->getOffset(static_cast<double>(floor_div(time, 1'000'000)), false, raw, summer, status);
  return U_FAILURE(status) ? 0 : (static_cast<std::int64_t>(raw) + summer) * 1'000'000;
}

LocalTime Calendar::at(std::int64_t time) const {
  const std::int64_t local = time + offset(time), day = floor_div(local, kDay);
  LocalTime at;
  at.hour = static_cast<std::uint8_t>((local - day * kDay) / kHour);
  at.weekday = static_cast<std::uint8_t>(((day + 3) % 7 + 7) % 7);  // 1970-01-01 was a Thursday
  return at;
}

}  // namespace earshot::baseline
