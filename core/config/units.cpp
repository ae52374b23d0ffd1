#include "config/units.hpp"

#include <charconv>
#include <chrono>
#include <cmath>

namespace earshot::host {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t factor;
};
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr Unit kDurations[] = {
    {"w", 604'800 * kSecond}, {"d", 86'400 * kSecond}, {"h", 3600 * kSecond}, {"m", 60 * kSecond},
    {"s", kSecond},           {"ms", 1'000'000},       {"us", 1000},          {"ns", 1}};
constexpr Unit kSizes[] = {
    {"B", 1},           {"kB", 1000},       {"MB", 1'000'000},  {"GB", 1'000'000'000}, {"TB", 1'000'000'000'000},
    {"KiB", 1LL << 10}, {"MiB", 1LL << 20}, {"GiB", 1LL << 30}, {"TiB", 1LL << 40}};

bool digit(char c) {
  return c >= '0' && c <= '9';
}

// Takes "12" or "1.5" from the front of `text`.
std::optional<long double> take_number(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && digit(text[end])) ++end;
  if (end == 0 || end > 18) return {};
  long double number = 0;
  for (std::size_t i = 0; i < end; ++i) number = number * 10 + (text[i] - '0');
  if (end + 1 < text.size() && text[end] == '.' && digit(text[end + 1])) {
    long double place = 1;
    for (++end; end < text.size() && digit(text[end]); ++end) number += (text[end] - '0') * (place /= 10);
  }
  text.remove_prefix(end);
  return number;
}

template <std::size_t N>
const Unit* take_unit(std::string_view& text, const Unit (&units)[N]) {
  std::size_t end = 0;
  while (end < text.size() && !digit(text[end])) ++end;
  for (const Unit& unit : units)
    if (unit.name == text.substr(0, end)) {
      text.remove_prefix(end);
      return &unit;
    }
  return nullptr;
}

std::optional<std::int64_t> whole(long double number) {
  if (number > 9.2e18L) return {};
  return static_cast<std::int64_t>(std::round(number));
}

std::optional<int> take_digits(std::string_view& text, std::size_t count, char after) {
  if (text.size() < count + (after != 0 ? 1 : 0) || (after != 0 && text[count] != after)) return {};
  int number = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!digit(text[i])) return {};
    number = number * 10 + (text[i] - '0');
  }
  text.remove_prefix(count + (after != 0 ? 1 : 0));
  return number;
}

// "Z", "+01:00"; minutes.
std::optional<int> take_offset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return {};
  const int sign = text[0] == '+' ? 1 : -1;
  text.remove_prefix(1);
  const auto hours = take_digits(text, 2, ':');
  if (!hours) return {};
  const auto minutes = take_digits(text, 2, 0);
  if (!minutes || !text.empty() || *hours > 23 || *minutes > 59) return {};
  return sign * (*hours * 60 + *minutes);
}

}  // namespace

std::optional<std::int64_t> read_duration(std::string_view text) {
  if (text == "0") return 0;
  long double all = 0;
  const Unit* before = nullptr;
  do {
    const auto number = take_number(text);
    if (!number) return {};
    const Unit* unit = take_unit(text, kDurations);
    if (unit == nullptr || (before != nullptr && unit->factor >= before->factor)) return {};
    all += *number * static_cast<long double>(unit->factor);
    before = unit;
  } while (!text.empty());
  return whole(all);
}

std::optional<std::int64_t> read_size(std::string_view text) {
  if (text == "0") return 0;
  const auto number = take_number(text);
  if (!number) return {};
  if (text.starts_with(' ')) text.remove_prefix(1);
  const Unit* unit = take_unit(text, kSizes);
  if (unit == nullptr || !text.empty()) return {};
  return whole(*number * static_cast<long double>(unit->factor));
}

std::optional<std::int64_t> read_time(std::string_view text) {
  const auto year = take_digits(text, 4, '-');
  const auto month = year ? take_digits(text, 2, '-') : std::nullopt;
  const auto day = month ? take_digits(text, 2, 0) : std::nullopt;
  if (!day) return {};
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *year < 1678 || *year > 2261) return {};
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  if (text.empty()) return days * 86'400 * kSecond;
  if (text[0] != 'T' && text[0] != 't' && text[0] != ' ') return {};
  text.remove_prefix(1);
  const auto hour = take_digits(text, 2, ':');
  const auto minute = hour ? take_digits(text, 2, ':') : std::nullopt;
  const auto second = minute ? take_digits(text, 2, 0) : std::nullopt;
  if (!second || *hour > 23 || *minute > 59 || *second > 60) return {};
  std::int64_t fraction = 0, unit = kSecond;
  if (text.starts_with('.')) {
    std::size_t i = 1;
    for (; i < text.size() && digit(text[i]); ++i) fraction += (text[i] - '0') * (unit /= 10);
    if (i == 1) return {};
    text.remove_prefix(i);
  }
  const auto offset = take_offset(text);
  if (!offset) return {};
  return (days * 86'400 + *hour * 3600 + (*minute - *offset) * 60 + *second) * kSecond + fraction;
}

std::optional<std::int64_t> read_integer(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

std::optional<double> read_real(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return {};
  return number;
}

std::string size_text(std::int64_t bytes) {
  const Unit* best = &kSizes[0];
  for (const Unit& unit : kSizes)
    if (bytes != 0 && bytes % unit.factor == 0 && unit.factor > best->factor) best = &unit;
  return std::to_string(bytes / best->factor) + std::string(best->name);
}

std::string duration_text(std::int64_t nanoseconds) {
  if (nanoseconds == 0) return "0";
  std::string out = nanoseconds < 0 ? "-" : "";
  auto rest =
      static_cast<std::uint64_t>(nanoseconds < 0 ? -(nanoseconds + 1) : nanoseconds) + (nanoseconds < 0 ? 1 : 0);
  for (const Unit& unit : kDurations) {
    const auto factor = static_cast<std::uint64_t>(unit.factor);
    if (unit.name == "w" || rest < factor) continue;
    out += std::to_string(rest / factor) + std::string(unit.name);
    rest %= factor;
  }
  return out;
}

}  // namespace earshot::host
