#include "spike/summary.hpp"

#include <algorithm>
#include <cmath>

#include "post/time.hpp"
#include "spike/grid.hpp"

namespace earshot::spike {
namespace {

std::string moment(ear_time time) {  // 2026-03-14 08:00
  char text[post::kTimeText];
  post::write_time(text, time);
  std::string all(text, 16);
  all[10] = ' ';
  return all;
}

std::string round(double number) {
  const bool small = number < 10 && std::abs(number - std::round(number)) >= 0.05;
  const double shown = small ? std::round(number * 10) / 10 : std::round(number);
  char text[32];
  const int size = std::snprintf(text, sizeof text, small ? "%.1f" : "%.0f", shown);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace

std::string period(ear_time from, ear_time to) {
  const std::string first = moment(from), last = moment(to);
  if (from % kDay == 0 && to % kDay == 0) {
    if (to - from == kDay) return "on " + first.substr(0, 10);
    return "from " + first.substr(0, 10) + " to " + moment(to - kDay).substr(0, 10);
  }
  const bool one_day = first.substr(0, 10) == last.substr(0, 10);
  return "from " + first + " to " + (one_day ? last.substr(11) : last) + " UTC";
}

std::string summary(std::string_view subject, std::string_view kind, std::string_view when, const ear_alert& figures) {
  std::string all(subject.empty() ? std::string_view("all") : subject);
  all += ": ";
  all += round(figures.observed);
  all += ' ';
  all += kind;
  if (std::round(figures.observed) != 1) all += 's';
  all += ' ';
  all += when;
  all += ", ";
  all += round(figures.expected);
  all += " expected (";
  all += round(figures.lower);
  all += " to ";
  all += round(figures.upper);
  all += ')';
  return all;
}

std::uint32_t severity(double evidence, double threshold) {
  const double steps = 3 + 2 * std::log2(std::max(1.0, evidence / threshold));
  return static_cast<std::uint32_t>(std::clamp(std::lround(steps), 1L, 10L));
}

}  // namespace earshot::spike
