#include "post/time.hpp"

#include <cmath>
#include <cstdint>

namespace earshot::post {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kMaxSeconds = 9'223'372'035;  // the last whole second that fits, less one

// Days since 1970-01-01 of a day in the Gregorian calendar. Years count from March, so that the leap day is the last.
constexpr std::int64_t days_of(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto of_era = static_cast<unsigned>(year - era * 400);
  const unsigned of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + static_cast<std::int64_t>(of_era * 365 + of_era / 4 - of_era / 100 + of_year) - 719468;
}

constexpr unsigned days_in(std::int64_t year, unsigned month) {
  constexpr unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

// Two digits; sets `bad` where there are none.
unsigned two(const char* at, bool& bad) {
  const auto high = static_cast<unsigned>(at[0] - '0'), low = static_cast<unsigned>(at[1] - '0');
  bad |= high > 9 || low > 9;
  return high * 10 + low;
}

// The part behind the seconds: Z, or an offset in seconds east of Greenwich.
std::optional<std::int64_t> read_offset(std::string_view text) {
  if (!text.empty() && text[0] == ' ') text.remove_prefix(1);
  if (text == "Z" || text == "z") return 0;
  if ((text.size() != 6 || text[3] != ':') && text.size() != 5) return std::nullopt;
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  bool bad = false;
  const unsigned hours = two(&text[1], bad), minutes = two(&text[text.size() - 2], bad);
  if (bad || hours > 23 || minutes > 59) return std::nullopt;
  const std::int64_t east = hours * 3600 + minutes * 60;
  return text[0] == '-' ? -east : east;
}

char* put_two(char* to, unsigned value) {
  to[0] = static_cast<char>('0' + value / 10);
  to[1] = static_cast<char>('0' + value % 10);
  return to + 2;
}

}  // namespace

std::optional<ear_time> read_time(std::string_view text) {
  if (text.size() < 20 || text.size() > 40) return std::nullopt;
  const char* at = text.data();
  bool bad = at[4] != '-' || at[7] != '-' || at[13] != ':' || at[16] != ':';
  bad |= at[10] != 'T' && at[10] != ' ' && at[10] != 't';
  const unsigned century = two(at, bad);
  const unsigned year = century * 100 + two(at + 2, bad);
  const unsigned month = two(at + 5, bad), day = two(at + 8, bad);
  const unsigned hour = two(at + 11, bad), minute = two(at + 14, bad), second = two(at + 17, bad);
  if (bad || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  if (day < 1 || day > days_in(year, month)) return std::nullopt;
  std::size_t i = 19;
  std::int64_t fraction = 0;
  if (at[i] == '.') {
    std::int64_t unit = kSecond;
    const std::size_t first = ++i;
    for (; i < text.size() && at[i] >= '0' && at[i] <= '9'; ++i) fraction += (at[i] - '0') * (unit /= 10);
    if (i == first) return std::nullopt;
  }
  const auto east = read_offset(text.substr(i));
  if (!east) return std::nullopt;
  const std::int64_t seconds = days_of(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - *east;
  if (seconds > kMaxSeconds || seconds < -kMaxSeconds) return std::nullopt;
  return seconds * kSecond + fraction;
}

std::optional<ear_time> time_of_seconds(double seconds) {
  if (!(std::abs(seconds) < static_cast<double>(kMaxSeconds))) return std::nullopt;
  const double whole = std::floor(seconds);  // apart from the fraction, which would lose its last digits
  return static_cast<std::int64_t>(whole) * kSecond + std::llround((seconds - whole) * static_cast<double>(kSecond));
}

char* write_time(char* to, ear_time time) {
  std::int64_t seconds = time / kSecond, fraction = time % kSecond;
  if (fraction < 0) fraction += kSecond, --seconds;
  std::int64_t days = seconds / 86400;
  auto rest = static_cast<int>(seconds % 86400);
  if (rest < 0) rest += 86400, --days;
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const unsigned of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned from_march = (5 * of_year + 2) / 153;
  const unsigned day = of_year - (153 * from_march + 2) / 5 + 1;
  const unsigned month = from_march < 10 ? from_march + 3 : from_march - 9;
  const auto year = static_cast<unsigned>(static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2));
  const auto clock = static_cast<unsigned>(rest);
  to = put_two(put_two(to, year / 100), year % 100);
  *to++ = '-', to = put_two(to, month), *to++ = '-', to = put_two(to, day), *to++ = 'T';
  to = put_two(to, clock / 3600), *to++ = ':', to = put_two(to, clock / 60 % 60), *to++ = ':';
  to = put_two(to, clock % 60);
  if (fraction != 0) {
    *to++ = '.';
    for (std::int64_t unit = kSecond / 10; fraction != 0; unit /= 10)
      *to++ = static_cast<char>('0' + fraction / unit), fraction %= unit;
  }
  *to++ = 'Z';
  return to;
}

}  // namespace earshot::post
