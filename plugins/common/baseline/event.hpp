// event.hpp: a series and what is going on in it: one event is opened when a verdict is rarer than the budget of false
// alarms allows, grows with each row, and closes when the figures no longer speak for it. Page's CUSUM (1954) of the
// likelihood of twice the expectation, or a quarter, tells when. One thread.
#pragma once

#include <cstdint>

#include "baseline/series.hpp"

namespace earshot::baseline {

struct Rules {
  double a_week = 1;     // false alarms that are allowed
  double min_count = 1;  // observed, of an event that goes up
  bool drops = true;
};

struct Event {
  Direction direction = Direction::up;
  std::int64_t begin = 0, end = 0;                  // rows
  double observed = 0, expected = 0, variance = 0;  // from begin to end
  double a_week = 1e9;                              // the rarest so far
  std::int64_t length(const Shape& shape) const { return (end - begin) * shape.window; }
};

// What was told last, of one direction: the same is not told again.
class LastTold {
 public:
  // Much rarer than what was told in the last 18 hours; where a longer stretch may hold that, much more so.
  bool is_news(const Shape& shape, const Verdict& verdict, std::int64_t row) const;
  void tell(const Verdict& verdict, std::int64_t row) { *this = LastTold(verdict, row); }
  void goes_on(std::int64_t row) { row_ = row; }
  LastTold() = default;
  LastTold(const Verdict& verdict, std::int64_t row)
      : a_week_(static_cast<float>(verdict.a_week)), scale_(verdict.scale), row_(row) {}
  void save(state::BytesOut& out) const;
  void load(state::BytesIn& in);

 private:
  float a_week_ = 1e9;
  std::uint32_t scale_ = 0;
  std::int64_t row_ = INT64_MIN / 2;
};

enum class News : std::uint8_t {
  nothing,
  opened,
  grown,
  closed,
  settled,  // closed, since it has gone on for a week: it is usual now
};

class Watch {
 public:
  Watch(const Shape& shape, std::int64_t first_row) : series_(shape, first_row) {}

  // See Series. While an event is open each row must come.
  News row(const Shape& shape, const Rules& rules, LocalTime at, std::int64_t number, const Figure& figure,
           double unseen);
  News close_slot(const Shape& shape, const Rules& rules, LocalTime at, std::int64_t number);
  // Event time makes a leap: what is open is closed as it stands.
  News close();

  void forgive(const Shape& shape, std::int64_t from_row, double unseen) { series_.forgive(shape, from_row, unseen); }
  void adopt(double ratio) { series_.adopt(ratio); }
  void leap(const Shape& shape, std::int64_t row) { series_.leap(shape, row); }

  bool is_open() const { return open_; }
  const Event& event() const { return event_; }        // that is open, or was closed last
  const Verdict& verdict() const { return verdict_; }  // of the last row or slot
  const Series& series() const { return series_; }

  void save(state::BytesOut& out) const;
  void load(const Shape& shape, state::BytesIn& in);

 private:
  News judge(const Shape& shape, const Rules& rules, const Verdict& verdict);
  News grow(const Shape& shape, std::int64_t row, const Figure& figure);

  Series series_;
  bool open_ = false, has_grown_ = false;
  float score_ = 0, peak_ = 0;
  LastTold told_[2];                    // by direction
  double observed_ = 0, expected_ = 0;  // up to now; those of the event are up to the peak
  Event event_;
  Verdict verdict_;  // not saved
};

}  // namespace earshot::baseline
