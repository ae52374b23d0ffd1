// series.hpp: one figure of one subject as event time goes by: what is expected of it, how far it strays by itself, and
// how rare it is to see it as far out as it is now. Given its rows in order, it says of each how many alerts a week a
// threshold there would bring; an alert is that number held against what the user will have.
//
// Two things must be rare. The figure under the model (tail.hpp). And, where the past had more than one event a week
// that the model calls rare, the excess over the expectation under that past: of the sum S of the fourth powers of past
// excesses, which weigh 1/e after five days, no more than S/x^4 can have reached x (Markov's inequality of the fourth
// moment), whatever their distribution. So a subject that bursts often is told of when it bursts as it did not before.
//
// One thread. About 1.5 KB a series.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "baseline/season.hpp"
#include "baseline/shape.hpp"

namespace earshot::baseline {

enum class Direction : std::uint8_t { up, down };

// What is said of a row or slot.
struct Verdict {
  double a_week = 1e9;  // alerts a week that this threshold would bring; the less the rarer
  Direction direction = Direction::up;
  std::uint32_t scale = 0;  // the stretch of time that shows it best
  double observed = 0, expected = 0, variance = 0;
};

// Where what a verdict tells of began, and the figures from there on.
struct Onset {
  std::int64_t row = 0;
  double observed = 0, expected = 0;
};

// A figure of a row: so many posts, or the sum of a measured value over `posts` posts.
struct Figure {
  double value = 0;
  double posts = 0;    // of values
  double squares = 0;  // of values: their sum of squares
};

class Series {
 public:
  // From this row on there is something to see. Rows and slots are those of the shape, counted from 1970.
  Series(const Shape& shape, std::int64_t first_row);

  // The row is over. Rows that had nothing may be left out; those between are taken as empty. `unseen`: the part of it
  // that sources could not see, 0 to 1, of counts: it is taken to be as expected.
  Verdict row(const Shape& shape, LocalTime at, std::int64_t number, const Figure& figure, double unseen);
  // The slot is over.
  Verdict close_slot(const Shape& shape, LocalTime at, std::int64_t number);

  std::int64_t next_row() const { return next_row_; }
  Onset onset(const Shape& shape, const Verdict& verdict) const;
  // Of the row that came last.
  double expected() const { return row_expected_; }
  double observed() const { return row_observed_; }
  // Variance over mean squared beyond chance, of a slot.
  double spread(const Shape& shape) const;
  double value_variance() const { return value_variance_; }
  double rate(const Shape& shape, LocalTime at) const { return season_.rate(shape.season, at); }
  std::int64_t age(const Shape& shape, std::int64_t row) const { return (row - first_row_) * shape.window; }
  // What was unusual is usual now: `ratio` times what was expected.
  void adopt(double ratio);
  // What was over from this row on was in part not to be seen, as is known by now.
  void forgive(const Shape& shape, std::int64_t from_row, double unseen);
  // Rows up to this one are passed over: nobody knows what they held.
  void leap(const Shape& shape, std::int64_t row);

  void save(state::BytesOut& out) const;
  void load(const Shape& shape, state::BytesIn& in);

 private:
  struct Stretch {
    double observed = 0, expected = 0, posts = 0;
  };
  // Fourth powers of past excesses, in one direction. Those of the last six hours and of the six before stand apart:
  // what is going on now is no past of its own.
  struct Peaks {
    float past = 0, before = 0, now = 0;
    void add(double power, double keep);
    void pass() { past += before, before = now, now = 0; }
  };
  struct Memory {  // of past peaks, by direction, and how far figures stray, for one scale
    Peaks peaks[2];
    float strays = 0, strays_weight = 0;
  };
  struct Step {
    float observed = 0, expected = 0, posts = 0;
  };

  void fill_to(const Shape& shape, std::int64_t row);
  void push_row(const Shape& shape, LocalTime at, std::int64_t number, const Figure& figure, double unseen);
  Stretch last_rows(std::uint32_t rows) const;
  Stretch last_slots(const Shape& shape, std::uint32_t slots) const;
  double busy(const Shape& shape, double by_model);
  void judge(const Shape& shape, LocalTime at, std::size_t scale, const Stretch& stretch, Direction direction,
             Verdict& best);
  double variance(const Shape& shape, LocalTime at, std::size_t scale, const Stretch& stretch) const;
  void learn_strays(const Shape& shape, LocalTime at, std::size_t scale, const Stretch& stretch);

  SeasonModel season_;
  std::array<Memory, Shape::kMaxScales> memory_;
  std::vector<Step> rows_, slots_;  // rings, by number
  std::int64_t first_row_, next_row_;
  float busy_ = 4;       // events before the last; a busy past is taken for granted at first
  float last_busy_ = 0;  // the last one, which may be going on
  std::int64_t busy_row_;
  double row_observed_ = 0, row_expected_ = 0;
  float value_variance_ = 0;  // of a single measured value
};

}  // namespace earshot::baseline
