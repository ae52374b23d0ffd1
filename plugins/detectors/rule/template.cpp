#include "rule/template.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "earshot/error.hpp"
#include "post/time.hpp"
#include "text/cells.hpp"

namespace earshot::rule {
namespace {

constexpr std::array<std::string_view, 15> kNames{"rule",   "subject",  "posts", "authors", "texts",
                                                  "sum",    "within",   "from",  "to",      "text",
                                                  "author", "platform", "url",   "why",     "key"};

// Calls text(piece) and name(piece) in turn.
template <class Text, class Name>
void walk(std::string_view text, Text&& plain, Name&& name) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find('{', at);
    plain(text.substr(at, open - at));
    if (open == text.npos) return;
    const std::size_t close = text.find('}', open);
    if (close == text.npos) throw invalid("a { is not closed").at_option("summary", open);
    name(text.substr(open + 1, close - open - 1), open);
    at = close + 1;
  }
}

}  // namespace

void check_template(std::string_view text) {
  walk(
      text, [](std::string_view) {},
      [](std::string_view name, std::size_t at) {
        if (std::find(kNames.begin(), kNames.end(), name) != kNames.end()) return;
        std::string known;
        for (const std::string_view one : kNames) known.append(known.empty() ? "" : ", ").append(one);
        throw invalid("there is no {" + text::cells(name, 40) + "}; there are " + known).at_option("summary", at);
      });
}

std::string fill(std::string_view text, const Words& words) {
  std::string all;
  walk(
      text, [&](std::string_view piece) { all += piece; },
      [&](std::string_view name, std::size_t) {
        const auto word = words.find(name);
        if (word != words.end()) all += word->second;
      });
  return all;
}

std::string one_line(std::string_view text, std::size_t most) {
  std::string all;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
    if (blank && (all.empty() || all.back() == ' ')) continue;
    all += blank ? ' ' : c;
  }
  if (all.size() <= most) return all;
  std::size_t size = most;
  while (size > 0 && (all[size] & 0xC0) == 0x80) --size;
  return all.substr(0, size) + "…";
}

std::string moment(std::int64_t time) {
  char text[post::kTimeText];
  post::write_time(text, time);
  std::string all(text, 16);
  all[10] = ' ';
  return all;
}

std::string duration(std::int64_t nanoseconds) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  for (const auto& [unit, name] : {std::pair{86400 * kSecond, 'd'}, {3600 * kSecond, 'h'}, {60 * kSecond, 'm'}})
    if (nanoseconds >= unit && nanoseconds % unit == 0) return std::to_string(nanoseconds / unit) + name;
  return std::to_string(nanoseconds / kSecond) + "s";
}

std::string number(double n) {
  char text[40];
  const bool whole = std::abs(n - std::round(n)) < 0.05;
  const int size = std::snprintf(text, sizeof text, whole ? "%.0f" : "%.1f", n);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace earshot::rule
