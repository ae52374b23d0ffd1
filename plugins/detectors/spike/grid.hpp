// grid.hpp: event time cut into windows, slots and days, all counted from 1970-01-01T00:00Z. Posts are counted by
// window; what is usual is learnt by slot, which is an hour, or a window where those are longer. Values; any thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "earshot/types.hpp"

namespace earshot::spike {

inline constexpr std::int64_t kHour = 3'600'000'000'000, kDay = 24 * kHour;

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

struct Grid {
  std::int64_t window = kHour;  // nanoseconds; a day is a multiple of it

  std::int64_t slot_length() const { return std::max(window, kHour); }
  std::int64_t slots_a_day() const { return kDay / slot_length(); }
  std::int64_t windows_a_day() const { return kDay / window; }
  std::int64_t window_at(ear_time t) const { return floor_div(t, window); }
  ear_time start(std::int64_t w) const { return w * window; }
  std::int64_t slot_of(std::int64_t w) const { return floor_div(start(w), slot_length()); }
  std::int64_t day_of(std::int64_t w) const { return floor_div(start(w), kDay); }
};

// From and to, without the end.
struct Span {
  std::int64_t from = 0, to = 0;
};

// Spans in their order, none touching another.
class Spans {
 public:
  // Adds one; at most `most` are kept, the newest.
  void add(Span span, std::size_t most = 1000) {
    if (span.from >= span.to) return;
    const auto touches = [&](const Span& s) { return s.from <= span.to && span.from <= s.to; };
    for (const Span& s : all_)
      if (touches(s)) span = {std::min(span.from, s.from), std::max(span.to, s.to)};
    std::erase_if(all_, touches);
    all_.insert(std::find_if(all_.begin(), all_.end(), [&](const Span& s) { return s.from > span.from; }), span);
    if (all_.size() > most) all_.erase(all_.begin());
  }
  bool overlaps(std::int64_t from, std::int64_t to) const {
    const auto later = std::partition_point(all_.begin(), all_.end(), [&](const Span& s) { return s.to <= from; });
    return later != all_.end() && later->from < to;
  }
  void forget_before(std::int64_t t) {
    std::erase_if(all_, [&](const Span& s) { return s.to <= t; });
  }
  const std::vector<Span>& all() const { return all_; }

 private:
  std::vector<Span> all_;
};

}  // namespace earshot::spike
