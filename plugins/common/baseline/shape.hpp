// shape.hpp: how event time is cut for a series: rows, which are the windows that are counted; slots, which are hours,
// or windows where those are longer; and scales, the stretches over which a figure is judged. One for all series of a
// detector. Values; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace earshot::baseline {

inline constexpr std::int64_t kMinute = 60'000'000'000, kHour = 60 * kMinute, kDay = 24 * kHour;

enum class Season : std::uint8_t { none, day, week };

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

// A stretch over which figures are summed, again and again: with each row, or with each slot where it is longer.
struct Scale {
  std::int64_t length = 0;  // nanoseconds
  std::uint32_t steps = 1;  // so many rows, or slots
  bool by_rows = false;
  double a_week = 0;   // so often it is judged
  double keep = 1;     // what is left of the memory of past peaks after a step
  double typical = 0;  // judgements within that memory
  double extra = 0;    // so many posts more than expected are nothing unusual at any time
};

struct Shape {
  static constexpr std::size_t kMaxScales = 5;

  std::int64_t window = 5 * kMinute, slot = kHour;
  std::uint32_t rows_a_slot = 12, slots_kept = 96;
  Season season = Season::week;
  bool values = false;  // measured values with a number of posts each, else counts
  std::vector<Scale> scales;

  // A day is a multiple of the window. `extra`: see Scale, over 15 minutes.
  static Shape of(std::int64_t window, Season season = Season::week, bool values = false, double extra = 6);

  std::int64_t row_at(std::int64_t time) const { return floor_div(time, window); }
  std::int64_t slot_at(std::int64_t time) const { return floor_div(time, slot); }
  std::int64_t slot_of(std::int64_t row) const { return floor_div(row, rows_a_slot); }
  std::int64_t first_row(std::int64_t slot_number) const { return slot_number * rows_a_slot; }
};

}  // namespace earshot::baseline
