#include "baseline/season.hpp"

#include <algorithm>
#include <cmath>

namespace earshot::baseline {
namespace {

constexpr double kMemory = 14;    // days after which what was learnt of the level weighs 1/e
constexpr double kVisits = 14;    // the same for an hour of the day, in days
constexpr double kWeeks = 8;      // and for a day of the week, in weeks
constexpr double kHourPrior = 4;  // an hour differs from the mean by a factor of e^(1/2), give or take
constexpr double kDayPrior = 15;  // and a weekday by e^(1/4)
constexpr double kDaySpread = 0.05;

template <class Factors>
double normalise(Factors& factors) {
  double mean = 0;
  for (const float f : factors) mean += f;
  mean /= static_cast<double>(factors.size());
  for (float& f : factors) f = static_cast<float>(f / mean);
  return mean;
}

float drawn(float from, double weight, double to, double information) {
  return static_cast<float>((from * weight + to * information) / (weight + information));
}

}  // namespace

double SeasonModel::uncertainty(Season season, LocalTime at, double slots) const {
  double all = 1 / std::max(sum_, 0.5);
  if (season != Season::none) all += 1 / ((kHourPrior + hour_weight_[at.hour]) * std::clamp(slots, 1.0, 24.0));
  if (season == Season::week) all += 1 / (kDayPrior + weekday_weight_[at.weekday]);
  return all;
}

void SeasonModel::learn(Season season, LocalTime at, double figure, double exposure, double spread,
                        double slots_a_day) {
  const double f = factor(season, at);
  const double bare = level() * (season == Season::week ? weekday_[at.weekday] : 1) * exposure;
  if (season != Season::none && slots_a_day > 1 && bare > 0) {
    const double expected = std::max(bare * hour_[at.hour], 1e-3);
    learn_hour(at, std::min(figure / bare, 10.0), 1 / (1 / expected + spread));
  }
  const double keep = std::exp(-1 / (kMemory * slots_a_day));
  sum_ = sum_ * keep + figure;
  weight_ = weight_ * keep + f * exposure;
  day_figure_ += static_cast<float>(figure);
  day_expected_ += static_cast<float>(level() * (season == Season::none ? 1 : hour_[at.hour]) * exposure);
  const bool is_last = at.hour + 24 / slots_a_day > 23.5;
  if (is_last && season == Season::week) learn_day(at);
  if (is_last) day_figure_ = day_expected_ = 0;
}

void SeasonModel::learn_hour(LocalTime at, double ratio, double information) {
  const auto kept = static_cast<float>(std::exp(-1 / kVisits)) * hour_weight_[at.hour];
  hour_[at.hour] = drawn(hour_[at.hour], kept + kHourPrior, ratio, information);
  hour_weight_[at.hour] = static_cast<float>(kept + information);
  const double mean = normalise(hour_);
  sum_ *= mean;
}

void SeasonModel::learn_day(LocalTime at) {
  if (day_expected_ <= 0) return;
  const double information = 1 / (1 / std::max<double>(day_expected_, 1e-3) + kDaySpread);
  const auto kept = static_cast<float>(std::exp(-1 / kWeeks)) * weekday_weight_[at.weekday];
  weekday_[at.weekday] =
      drawn(weekday_[at.weekday], kept + kDayPrior, std::min(day_figure_ / day_expected_, 5.0F), information);
  weekday_weight_[at.weekday] = static_cast<float>(kept + information);
  const double mean = normalise(weekday_);
  sum_ *= mean;
}

void SeasonModel::scale_level(double ratio) {
  sum_ *= ratio;
}

void SeasonModel::save(state::BytesOut& out) const {
  out.real(sum_), out.real(weight_);
  for (const float f : hour_) out.real32(f);
  for (const float f : hour_weight_) out.real32(f);
  for (const float f : weekday_) out.real32(f);
  for (const float f : weekday_weight_) out.real32(f);
  out.real32(day_figure_), out.real32(day_expected_);
}

void SeasonModel::load(state::BytesIn& in) {
  sum_ = in.real(), weight_ = in.real();
  for (float& f : hour_) f = in.real32();
  for (float& f : hour_weight_) f = in.real32();
  for (float& f : weekday_) f = in.real32();
  for (float& f : weekday_weight_) f = in.real32();
  day_figure_ = in.real32(), day_expected_ = in.real32();
}

}  // namespace earshot::baseline
