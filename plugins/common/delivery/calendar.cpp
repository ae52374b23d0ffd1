#include "delivery/calendar.hpp"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdio>

#include "alert_book/alert.hpp"
#include "earshot/error.hpp"

namespace earshot::delivery {
namespace {

constexpr std::int64_t kMinute = 60'000'000'000, kDay = 1440 * kMinute;
constexpr int kMinutesADay = 1440;
constexpr std::size_t kMostShown = 60;  // bytes of what a user wrote, in a message
constexpr unsigned kEveryDay = 0x7F;
constexpr std::string_view kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

[[noreturn]] void wrong(std::string_view text, const char* as) {
  throw invalid(
      std::string("'").append(alert_book::mended(text, kMostShown)).append("' is not written as ").append(as));
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

// "09:05", and "24:00" for the end of the day. -1: it is none.
int minute_of(std::string_view text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 1000; };
  if (text.size() != 5 || text[2] != ':') return -1;
  const int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
  return hour > 24 || minute > 59 || (hour == 24 && minute != 0) ? -1 : hour * 60 + minute;
}

int day_of(std::string_view text) {
  const auto* found = std::find(std::begin(kDays), std::end(kDays), text);
  return found == std::end(kDays) ? -1 : static_cast<int>(found - kDays);
}

// "mon", "mon-fri", "sat,sun". 0: it is none.
unsigned days_of(std::string_view text) {
  unsigned days = 0;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view part = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    const std::size_t dash = std::min(part.find('-'), part.size());
    const int from = day_of(part.substr(0, dash)), to = dash == part.size() ? from : day_of(part.substr(dash + 1));
    if (from < 0 || to < 0) return 0;
    for (int day = from;; day = (day + 1) % 7) {
      days |= 1U << day;
      if (day == to) break;
    }
  }
  return days;
}

// What stands before the last blank as days, and the rest.
unsigned take_days(std::string_view& text, const char* as) {
  const std::string_view whole = text;
  const std::size_t blank = text.rfind(' ');
  if (blank == std::string_view::npos) return kEveryDay;
  const unsigned days = days_of(text.substr(0, blank));
  if (days == 0) wrong(whole, as);
  text.remove_prefix(blank + 1);
  return days;
}

}  // namespace

struct Zone::Rules {
  std::unique_ptr<icu::TimeZone> zone;

  std::int64_t offset(std::int64_t milliseconds, bool is_local) const {
    std::int32_t raw = 0, summer = 0;
    UErrorCode code = U_ZERO_ERROR;
    zone->getOffset(static_cast<double>(milliseconds), is_local, raw, summer, code);
    return (std::int64_t{raw} + summer) * 1'000'000;
  }
};

Zone::Zone(const std::string& name) : name_(name) {
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  if (!zone || *zone == icu::TimeZone::getUnknown())
    throw invalid("there is no time zone '" + alert_book::mended(name, kMostShown) +
                  "': give a name as Europe/Berlin or UTC");
  rules_ = std::make_shared<const Rules>(Rules{std::move(zone)});
}

Zone::Local Zone::local(ear_time time) const {
  const std::int64_t here = time + rules_->offset(floor_div(time, 1'000'000), false);
  const std::int64_t day = floor_div(here, kDay);
  return {day, static_cast<int>((here - day * kDay) / kMinute)};
}

ear_time Zone::time(std::int64_t day, int minute) const {
  const std::int64_t here = day * kDay + minute * kMinute;
  return here - rules_->offset(floor_div(here, 1'000'000), true);
}

std::string Zone::text(ear_time time) const {
  const std::int64_t offset = rules_->offset(floor_div(time, 1'000'000), false);
  const std::int64_t here = floor_div(time + offset, 1'000'000'000);
  const std::time_t seconds = here;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char text[64], sign[32] = " UTC";
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
  const int minutes = static_cast<int>(offset / kMinute);  // of a zone: less than a day
  if (minutes != 0)
    std::snprintf(sign, sizeof sign, " %c%02d:%02d", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                  std::abs(minutes) % 60);
  return std::string(text) + sign;
}

Stretches::Stretches(const std::vector<std::string>& texts) {
  constexpr const char* kForm = "22:00-07:00 or mon-fri 20:00-08:00";
  for (const std::string& whole : texts) {
    std::string_view text = whole;
    const unsigned days = take_days(text, kForm);
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) wrong(whole, kForm);
    const int from = minute_of(text.substr(0, dash)), to = minute_of(text.substr(dash + 1));
    if (from < 0 || to < 0 || from == kMinutesADay || from == to) wrong(whole, kForm);
    all_.push_back({days, from, to});
  }
}

std::optional<ear_time> Stretches::end_of(ear_time now, const Zone& zone) const {
  ear_time end = now;
  const auto grow = [&] {
    const std::int64_t today = zone.local(end).day;
    for (const Stretch& s : all_)
      for (std::int64_t day = today - 1; day <= today; ++day) {
        if ((s.days >> weekday_of(day) & 1) == 0) continue;
        const ear_time last = zone.time(s.to > s.from ? day : day + 1, s.to);
        if (zone.time(day, s.from) <= end && end < last) return end = last, true;
      }
    return false;
  };
  while (end - now < 8 * kDay && grow()) {
  }
  return end == now ? std::nullopt : std::optional(end);
}

Moments::Moments(const std::vector<std::string>& texts) {
  constexpr const char* kForm = "08:30 or mon-fri 08:30";
  for (const std::string& whole : texts) {
    std::string_view text = whole;
    const unsigned days = take_days(text, kForm);
    const int minute = minute_of(text);
    if (minute < 0 || minute == kMinutesADay) wrong(whole, kForm);
    all_.push_back({days, minute});
  }
}

ear_time Moments::next(ear_time after, const Zone& zone) const {
  ear_time next = EAR_TIME_END;
  const std::int64_t today = zone.local(after).day;
  for (const Moment& m : all_)
    for (std::int64_t day = today; day <= today + 7; ++day) {
      if ((m.days >> weekday_of(day) & 1) == 0) continue;
      const ear_time at = zone.time(day, m.minute);
      if (at <= after) continue;
      next = std::min(next, at);
      break;
    }
  return next;
}

}  // namespace earshot::delivery
