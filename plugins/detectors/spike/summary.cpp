#include "spike/summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "post/time.hpp"

namespace earshot::spike {
namespace {

constexpr ear_time kDay = baseline::kDay;

std::string moment(ear_time local) {  // 2026-03-14 08:00
  char text[post::kTimeText];
  post::write_time(text, local);
  std::string all(text, 16);
  all[10] = ' ';
  return all;
}

std::string round(double number, int digits) {
  char text[32];
  const int size = std::snprintf(text, sizeof text, "%.*f", digits, number);
  return {text, static_cast<std::size_t>(size)};
}

std::string count(double number) {
  const bool small = number < 10 && std::abs(number - std::round(number)) >= 0.05;
  return round(number, small ? 1 : 0);
}

std::string whole(const Wording& w, double observed) {
  observed = std::round(observed);  // what could not be seen is estimated
  if (observed == 0) return "no " + std::string(w.counted);
  std::string all = count(observed) + ' ' + std::string(w.counted);
  if (observed != 1) all += 's';
  if (w.measure == Measure::authors) all += " by different authors";
  if (w.measure == Measure::contents) all += " with a content of their own";
  return all;
}

}  // namespace

Interval usual(double mean, double variance, bool is_count) {
  constexpr double kWide = 2;  // standard deviations
  if (!is_count || mean <= 0) {
    const double apart = kWide * std::sqrt(variance);
    return {std::max(0.0, mean - apart), mean + apart};
  }
  const double spread = variance / (mean * mean);
  const auto at = [&](double wide) {
    const double root = 1 - spread / 9 + wide * std::sqrt(spread) / 3;
    return root <= 0 ? 0 : mean * root * root * root;
  };
  return {at(-kWide), at(kWide)};
}

std::string period(ear_time from, ear_time to, const baseline::Calendar& calendar) {
  const ear_time begin = from + calendar.offset(from), end = to + calendar.offset(to);
  const std::string first = moment(begin), last = moment(end);
  if (begin % kDay == 0 && end % kDay == 0) {
    if (end - begin == kDay) return "on " + first.substr(0, 10);
    return "from " + first.substr(0, 10) + " to " + moment(end - kDay).substr(0, 10);
  }
  const bool one_day = first.substr(0, 10) == last.substr(0, 10);
  return "from " + first + " to " + (one_day ? last.substr(11) : last) + ' ' + calendar.name();
}

std::string summary(const Wording& w, std::string_view when, const ear_alert& f) {
  std::string all(w.subject);
  const bool value = is_value(w.measure);
  const auto figure = [&](double n) {
    if (!value) return count(n);
    return w.measure == Measure::sentiment ? round(n, 2) : count(std::expm1(n));
  };
  if (value) {
    constexpr const char* names[] = {"", "", "", "sentiment (0 to 1) ", "followers of authors ", "reactions to posts "};
    all += ": ";
    all += names[static_cast<std::size_t>(w.measure)] + figure(f.observed);
  } else {
    all += ": " + whole(w, f.observed);
  }
  all += ' ';
  all += when;
  all += ", " + figure(f.expected) + " expected (" + figure(f.lower) + " to " + figure(f.upper) + ')';
  if (w.kind == "shift") all += ", for a week now: taken for usual from here on";
  if (!w.why.empty()) all += ", " + w.why;
  return all;
}

std::string gap_summary(std::string_view source, std::string_view when, const ear_alert& f) {
  std::string all = "no post";
  if (!source.empty()) all += " from source " + std::string(source);
  all += ' ';
  all += when;
  return all + ", " + count(f.expected) + " expected (" + count(f.lower) + " to " + count(f.upper) +
         "): what it brings is not missed of subjects meanwhile";
}

std::uint32_t severity(double a_week, double budget) {
  const double steps = 3 + 2 * std::log10(std::max(1.0, budget / std::max(a_week, 1e-12)));
  return static_cast<std::uint32_t>(std::clamp(std::lround(steps), 1L, 10L));
}

}  // namespace earshot::spike
