#include "calendar/period.hpp"

#include <array>
#include <charconv>

#include "earshot/error.hpp"

namespace earshot::calendar {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

Date first_of(std::int64_t time, Step step, const Zone& zone) {
  const Date date = zone.local(time).date;
  if (step == Step::month) return {date.year, date.month, 1};
  if (step != Step::week) return date;
  const std::int64_t days = days_of(date);
  return date_of(days - weekday_of(days));
}

Date next_of(Date date, Step step) {
  if (step == Step::month) return date.month == 12 ? Date{date.year + 1, 1, 1} : Date{date.year, date.month + 1, 1};
  return date_of(days_of(date) + (step == Step::week ? 7 : 1));
}

// Digits of exactly that many; false where there are others.
bool number(std::string_view& text, std::size_t digits, int& to) {
  if (text.size() < digits) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, to);
  if (error != std::errc{} || end != text.data() + digits || to < 0) return false;
  return text.remove_prefix(digits), true;
}
bool sign(std::string_view& text, std::string_view any) {
  if (text.empty() || any.find(text.front()) == any.npos) return false;
  return text.remove_prefix(1), true;
}

struct Moment {
  LocalTime at;
  bool has_clock = false;
};

Moment moment_of(std::string_view whole) {
  Moment m;
  std::string_view text = whole;
  bool good = number(text, 4, m.at.date.year) && sign(text, "-") && number(text, 2, m.at.date.month) &&
              sign(text, "-") && number(text, 2, m.at.date.day);
  if (good && !text.empty()) {
    m.has_clock = true;
    good = sign(text, "T ") && number(text, 2, m.at.hour) && sign(text, ":") && number(text, 2, m.at.minute) &&
           text.empty() && m.at.hour < 24 && m.at.minute < 60;
  }
  if (!good || m.at.date.year < 1700 || m.at.date.year > 2200 || date_of(days_of(m.at.date)) != m.at.date)
    throw invalid("this is no day: write it as 2026-05-04, or with a time as 2026-05-04T12:00");
  return m;
}

std::string day_text(Date date) {
  return std::to_string(date.day) + " " + std::string(kMonths[static_cast<std::size_t>(date.month - 1)]) + " " +
         std::to_string(date.year);
}

}  // namespace

Period around(std::int64_t time, Step step, const Zone& zone) {
  if (step == Step::hour) {
    const std::int64_t from = time - ((time % kHour) + kHour) % kHour;
    return {from, from + kHour};
  }
  const Date first = first_of(time, step, zone);
  return {zone.start_of(first), zone.start_of(next_of(first, step))};
}

Period before(const Period& period, Step step, const Zone& zone) {
  return around(period.from - 1, step, zone);
}
Period behind(const Period& period, Step step, const Zone& zone) {
  return around(period.to, step, zone);
}

std::vector<std::int64_t> edges(const Period& period, Step step, const Zone& zone) {
  constexpr std::size_t kMost = 100'000;
  std::vector<std::int64_t> all{period.from};
  while (all.back() < period.to) {
    const std::int64_t next = std::min(around(all.back(), step, zone).to, period.to);
    if (all.size() > kMost) throw invalid("a period of so many steps cannot be shown: take longer steps");
    all.push_back(next);
  }
  return all;
}

Period period_of(std::string_view text, const Zone& zone) {
  const std::size_t dots = text.find("..");
  const Moment from = moment_of(text.substr(0, dots));
  const Moment to = dots == text.npos ? from : moment_of(text.substr(dots + 2));
  const Period period{zone.time(from.at),
                      to.has_clock ? zone.time(to.at) : zone.start_of(next_of(to.at.date, Step::day))};
  if (period.from >= period.to) throw invalid("the period ends before it begins");
  return period;
}

std::string title_of(const Period& period, const Zone& zone) {
  const LocalTime from = zone.local(period.from), to = zone.local(period.to);
  if (from.hour != 0 || from.minute != 0 || to.hour != 0 || to.minute != 0)
    return zone.text(period.from) + " to " + zone.text(period.to);
  const Date last = zone.local(period.to - 1).date;
  if (from.date == last) return day_text(last);
  std::string out = std::to_string(from.date.day);
  if (from.date.month != last.month || from.date.year != last.year)
    out += " " + std::string(kMonths[static_cast<std::size_t>(from.date.month - 1)]);
  if (from.date.year != last.year) out += " " + std::to_string(from.date.year);
  return out + " to " + day_text(last);
}

}  // namespace earshot::calendar
