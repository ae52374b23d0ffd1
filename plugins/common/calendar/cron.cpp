#include "calendar/cron.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <vector>

#include "earshot/error.hpp"

namespace earshot::calendar {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> kDays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct Field {
  std::string_view name;
  int low, high;
};

std::vector<std::string_view> split(std::string_view text, std::string_view by) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(by), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

[[noreturn]] void fail(const Field& field) {
  throw invalid("there is something that is no " + std::string(field.name) + " of a cron expression: numbers from " +
                std::to_string(field.low) + " to " + std::to_string(field.high) + ", *, lists, ranges and steps");
}

int number_of(std::string_view text, const Field& field) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  for (std::size_t i = 0; field.name == "month" && i < kMonths.size(); ++i)
    if (kMonths[i] == lower) return static_cast<int>(i) + 1;
  for (std::size_t i = 0; field.name == "day of the week" && i < kDays.size(); ++i)
    if (kDays[i] == lower) return static_cast<int>(i);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) fail(field);
  return value;
}

std::vector<bool> values_of(std::string_view text, const Field& field) {
  std::vector<bool> on(static_cast<std::size_t>(field.high) + 1, false);
  const std::vector<std::string_view> parts = split(text, ",");
  if (parts.empty()) fail(field);
  for (const std::string_view part : parts) {
    const std::size_t slash = part.find('/');
    std::string_view range = part.substr(0, slash);
    const int step = slash == part.npos ? 1 : number_of(part.substr(slash + 1), {"step", 1, field.high});
    int low = field.low, high = field.high;
    if (range != "*") {
      const std::size_t dash = range.find('-');
      low = number_of(range.substr(0, dash), field);
      high = dash == range.npos ? (slash == part.npos ? low : field.high) : number_of(range.substr(dash + 1), field);
    }
    if (low < field.low || high > field.high || low > high || step < 1 || step > field.high) fail(field);
    for (int i = low; i <= high; i += step) on[static_cast<std::size_t>(i)] = true;
  }
  return on;
}

template <std::size_t N>
void set(std::bitset<N>& to, std::string_view text, const Field& field) {
  const std::vector<bool> on = values_of(text, field);
  for (std::size_t i = 0; i < on.size() && i < N; ++i) to[i] = on[i];
}

std::string_view in_full(std::string_view text) {
  if (text == "@hourly") return "0 * * * *";
  if (text == "@daily" || text == "@midnight") return "0 0 * * *";
  if (text == "@weekly") return "0 0 * * 1";
  if (text == "@monthly") return "0 0 1 * *";
  return text;
}

}  // namespace

Cron::Cron(std::string_view text) {
  const std::vector<std::string_view> fields = split(in_full(text), " \t");
  if (fields.size() != 5)
    throw invalid("this is no cron expression: it has five fields, as \"0 7 * * 1\" for Mondays at seven");
  set(minutes_, fields[0], {"minute", 0, 59});
  set(hours_, fields[1], {"hour", 0, 23});
  set(days_, fields[2], {"day of the month", 1, 31});
  set(months_, fields[3], {"month", 1, 12});
  const std::vector<bool> weekdays = values_of(fields[4], {"day of the week", 0, 7});
  for (std::size_t i = 0; i < 8; ++i)
    if (weekdays[i]) weekdays_[(i + 6) % 7] = true;
  any_day_ = fields[2].front() == '*', any_weekday_ = fields[4].front() == '*';
}

bool Cron::day(std::int64_t days) const {
  const Date date = date_of(days);
  if (!months_[static_cast<std::size_t>(date.month)]) return false;
  const bool by_date = days_[static_cast<std::size_t>(date.day)];
  const bool by_week = weekdays_[static_cast<std::size_t>(weekday_of(days))];
  if (any_day_ || any_weekday_) return by_date && by_week;
  return by_date || by_week;
}

std::int64_t Cron::next(std::int64_t time, const Zone& zone) const {
  constexpr int kFar = 366 * 9;  // days: a 29 February may be eight years away
  const std::int64_t today = days_of(zone.local(time).date);
  for (std::int64_t days = today - 1; days < today + kFar; ++days) {
    if (!day(days)) continue;
    for (int hour = 0; hour < 24; ++hour) {
      if (!hours_[static_cast<std::size_t>(hour)]) continue;
      for (int minute = 0; minute < 60; ++minute) {
        if (!minutes_[static_cast<std::size_t>(minute)]) continue;
        const std::int64_t due = zone.time({date_of(days), hour, minute, 0});
        if (due > time) return due;
      }
    }
  }
  return std::numeric_limits<std::int64_t>::max();
}

}  // namespace earshot::calendar
