// values.hpp: what stands behind the ':' of a field of numbers or times. Values and free functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace earshot::query {

struct Range {
  double from = -std::numeric_limits<double>::infinity(), to = std::numeric_limits<double>::infinity();
  bool from_open = false, to_open = false;  // > and <, where >= and <= are closed

  bool holds(double number) const {
    return (from_open ? number > from : number >= from) && (to_open ? number < to : number <= to);
  }
};

// 10, >10, <=10, 10..50, 10.., ..50; with k or m for thousands and millions. Throws Fault; `at` is the byte of the
// query where the text stands.
Range number_range(std::string_view text, std::size_t at);

// Nanoseconds since 1970, both ends included.
struct TimeRange {
  std::int64_t from = std::numeric_limits<std::int64_t>::min(), to = std::numeric_limits<std::int64_t>::max();
};

// As number_range with 2026, 2026-01, 2026-01-31, 2026-01-31T12:00, with seconds and a zone where wanted (UTC
// without). Each stands for all of its year, month, day, minute or second: >2026-01-01 is after that day.
TimeRange time_range(std::string_view text, std::size_t at);

}  // namespace earshot::query
