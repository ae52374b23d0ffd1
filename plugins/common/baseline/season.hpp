// season.hpp: what is expected of a slot: a level times factors for the hour of day and the day of week, all learnt as
// the slots go by, and how unsure each still is. A discounted Poisson-gamma model (Harvey and Fernandes 1989; West and
// Harrison 1997) with factors as ratios; figures far out are cut down before they are learnt from. One thread.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "baseline/shape.hpp"
#include "state/bytes.hpp"

namespace earshot::baseline {

// The local hour and weekday (0 is Monday) that a slot begins in.
struct LocalTime {
  std::uint8_t hour = 0, weekday = 0;
  float within = 0.5F;  // of the hour: what is expected goes from the middle of one hour to that of the next
};

class SeasonModel {
 public:
  // What one unit of exposure brings: a slot in time, or a post where values are measured.
  double rate(Season season, LocalTime at) const { return level() * factor(season, at); }
  // Variance of the expectation over its square. `slots`: over so many slots, in which hours average out.
  double uncertainty(Season season, LocalTime at, double slots) const;
  double weight() const { return weight_; }

  // A slot is over that brought `figure` in `exposure` units; `spread`: variance of such a slot over its mean squared.
  void learn(Season season, LocalTime at, double figure, double exposure, double spread, double slots_a_day);
  // What was unusual for a long time is usual now: the level becomes what `ratio` says of it.
  void scale_level(double ratio);

  void save(state::BytesOut& out) const;
  void load(state::BytesIn& in);

 private:
  double level() const { return std::max(sum_, 1e-6) / weight_; }
  double factor(Season season, LocalTime at) const {
    const double hour = season == Season::none ? 1 : hour_factor(at);
    return season == Season::week ? hour * weekday_[at.weekday] : hour;
  }
  double hour_factor(LocalTime at) const {
    const std::size_t next = at.within < 0.5F ? (at.hour + 23U) % 24 : (at.hour + 1U) % 24;
    const double far = std::abs(at.within - 0.5);
    return hour_[at.hour] * (1 - far) + hour_[next] * far;
  }
  void learn_hour(LocalTime at, double ratio, double information);
  void learn_day(LocalTime at);

  double sum_ = 0.5, weight_ = 0.05;  // of figures and exposure, discounted; at first next to nothing is known
  std::array<float, 24> hour_ = ones<24>(), hour_weight_{};
  std::array<float, 7> weekday_ = ones<7>(), weekday_weight_{};
  float day_figure_ = 0, day_expected_ = 0;

  template <std::size_t N>
  static constexpr std::array<float, N> ones() {
    std::array<float, N> all{};
    for (float& one : all) one = 1;
    return all;
  }
};

}  // namespace earshot::baseline
