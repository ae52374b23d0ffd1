#include "query/values.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>
#include <string>

#include "query/fault.hpp"

namespace earshot::query {
namespace {

// The signs around one or two values, for numbers and times alike.
template <class Value>
struct Bounds {
  std::optional<Value> from, to;       // none: open
  bool after = false, before = false;  // > and <
};

template <class Value, class Read>
Bounds<Value> bounds(std::string_view text, std::size_t at, const char* noun, Read&& read) {
  Bounds<Value> all;
  const auto takes = [&](std::string_view sign) {
    return text.starts_with(sign) && (text.remove_prefix(sign.size()), at += sign.size(), true);
  };
  if (const std::size_t dots = text.find(".."); dots != text.npos) {
    const std::string_view low = text.substr(0, dots), high = text.substr(dots + 2);
    if (low.empty() && high.empty()) throw Fault(std::string("'..' needs a ") + noun + " on one side at least", at);
    if (!low.empty()) all.from = read(low, at);
    if (!high.empty()) all.to = read(high, at + dots + 2);
  } else if (takes(">=")) {
    all.from = read(text, at);
  } else if (takes("<=")) {
    all.to = read(text, at);
  } else if (takes(">")) {
    all.from = read(text, at), all.after = true;
  } else if (takes("<")) {
    all.to = read(text, at), all.before = true;
  } else {
    takes("=");
    all.from = all.to = read(text, at);
  }
  return all;
}

[[noreturn]] void ends_before(const char* noun, std::size_t at) {
  throw Fault(std::string("the range ends before it begins: swap its ") + noun + "s", at);
}

double number(std::string_view text, std::size_t at) {
  std::string_view digits = text;
  double scale = 1;
  const char last = digits.empty() ? ' ' : static_cast<char>(digits.back() | 0x20);
  if (last == 'k' || last == 'm') scale = last == 'k' ? 1e3 : 1e6, digits.remove_suffix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || !std::isfinite(value * scale))
    throw Fault(std::string("'").append(text.substr(0, 40)) + "' is no number: write as 10, >10, <=10 or 10..50", at);
  return value * scale;
}

// First and last nanosecond of what was written.
struct Moment {
  std::int64_t first, last;
};

class MomentReader {
 public:
  MomentReader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  Moment read() {
    using namespace std::chrono;
    const int y = digits(4);
    unsigned m = 1, d = 1;
    const bool has_month = takes('-');
    if (has_month) m = static_cast<unsigned>(digits(2));
    const bool has_day = has_month && takes('-');
    if (has_day) d = static_cast<unsigned>(digits(2));
    const year_month_day day{year{y}, month{m}, std::chrono::day{d}};
    if (!day.ok() || y < 1700 || y > 2200) fail();
    if (has_day && (takes('T') || takes('t'))) return time_of(sys_days{day});
    if (next_ != text_.size()) fail();
    sys_days after = sys_days{day} + days{1};
    if (!has_day) after = sys_days{has_month ? year_month_day{day + months{1}} : year_month_day{day + years{1}}};
    return {ticks(sys_days{day}), ticks(after) - 1};
  }

 private:
  template <class Time>
  static std::int64_t ticks(Time time) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
  }

  Moment time_of(std::chrono::sys_days day) {
    using namespace std::chrono;
    const int hour = digits(2);
    if (!takes(':')) fail();
    const int minute = digits(2);
    const bool has_second = takes(':');
    const int second = has_second ? digits(2) : 0;
    if (hour > 23 || minute > 59 || second > 59) fail();
    const sys_seconds time = day + hours{hour} + minutes{minute} + seconds{second} - zone();
    return {ticks(time), ticks(time + (has_second ? seconds{1} : seconds{60})) - 1};
  }

  std::chrono::minutes zone() {
    if (takes('Z') || takes('z') || next_ == text_.size()) return finish({});
    const bool west = takes('-');
    if (!west && !takes('+')) fail();
    const int hours = digits(2);
    takes(':');
    const int minutes = digits(2);
    if (hours > 23 || minutes > 59) fail();
    return finish(std::chrono::minutes{(west ? -1 : 1) * (hours * 60 + minutes)});
  }
  std::chrono::minutes finish(std::chrono::minutes zone) {
    if (next_ != text_.size()) fail();
    return zone;
  }

  bool takes(char c) { return next_ < text_.size() && text_[next_] == c && (++next_, true); }
  int digits(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i, ++next_) {
      if (next_ >= text_.size() || text_[next_] < '0' || text_[next_] > '9') fail();
      value = value * 10 + (text_[next_] - '0');
    }
    return value;
  }
  [[noreturn]] void fail() const {
    throw Fault(std::string("'").append(text_.substr(0, 40)) +
                    "' is no date: write as 2026-01-31, >2026-01-31, 2026-01..2026-03 or 2026-01-31T12:00",
                at_);
  }

  std::string_view text_;
  std::size_t at_, next_ = 0;
};

}  // namespace

Range number_range(std::string_view text, std::size_t at) {
  const Bounds<double> all = bounds<double>(text, at, "number", number);
  Range range;
  if (all.from) range.from = *all.from, range.from_open = all.after;
  if (all.to) range.to = *all.to, range.to_open = all.before;
  if (range.from > range.to) ends_before("number", at);
  return range;
}

TimeRange time_range(std::string_view text, std::size_t at) {
  const Bounds<Moment> all = bounds<Moment>(
      text, at, "date", [](std::string_view moment, std::size_t place) { return MomentReader(moment, place).read(); });
  TimeRange range;
  if (all.from) range.from = all.after ? all.from->last + 1 : all.from->first;
  if (all.to) range.to = all.before ? all.to->first - 1 : all.to->last;
  if (range.from > range.to) ends_before("date", at);
  return range;
}

}  // namespace earshot::query
