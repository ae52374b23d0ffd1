#include "baseline/series.hpp"

#include <algorithm>
#include <cmath>

#include "baseline/tail.hpp"

namespace earshot::baseline {
namespace {

constexpr double kPeaks = 0.12;  // alerts a week for each judgement that the moments allow in their five days, at most
constexpr double kOverlap =
    0.4;  // of stretches a step apart, which are surprised together, so many count by themselves
constexpr double kBusyFrom = 0.9,
                 kBusyOver = 0.33;  // events a week, from where and over which on the past speaks as well
constexpr double kBusy = 0.2;       // what the model would allow once in five weeks is something that happened
constexpr double kBusyMemory = 14;  // days
constexpr std::int64_t kSameEvent = 18 * kHour;
constexpr double kStrayMemory = 7;  // days
constexpr float kStrayPrior = 24, kStrayGuess = 0.1F;
constexpr double kLeastSpread = 0.005;
constexpr double kMostly = 0.7;
constexpr double kFarOut = 3;                 // standard deviations, to which what is learnt from is cut down
constexpr std::int64_t kGoingOn = 6 * kHour;  // twice as long, what is going on is no past of its own
constexpr std::int64_t kBlind = 6 * kHour;    // of a new series, in which nothing is said
constexpr double kFirstGuess = 4;  // on the first day, excesses of so many times the expectation are taken for common

double fourth(double x) {
  return x * x * x * x;
}

std::size_t place(std::int64_t number, std::size_t size) {
  const auto n = static_cast<std::int64_t>(size);
  return static_cast<std::size_t>((number % n + n) % n);
}

// What is counted of a figure of which a part could not be seen: no more than expected for it.
double credited(double value, double expected, double unseen) {
  return unseen <= 0 ? value : std::max(value, std::min(value + unseen * expected, expected));
}

double slots_in(const Shape& shape, std::size_t scale) {
  return static_cast<double>(shape.scales[scale].length) / static_cast<double>(shape.slot);
}

// How many stretches a week are surprised each by itself. Of those that overlap, with a count k where m is expected,
// (k - m)^2/k in each stretch come to be so surprising (Alm 1983, for scan statistics): the higher, the shorter they
// stay so.
double trials_a_week(const Scale& scale, double surprise) {
  const double steps = scale.steps;
  return scale.a_week / steps * std::min(kOverlap * steps, std::max(2 * surprise - 3, 1.0));
}

}  // namespace

Series::Series(const Shape& shape, std::int64_t first_row)
    : rows_(shape.rows_a_slot),
      slots_(shape.slots_kept),
      first_row_(first_row),
      next_row_(first_row),
      busy_row_(first_row) {
  for (Memory& m : memory_) m.strays = kStrayPrior * kStrayGuess, m.strays_weight = kStrayPrior;
}

double Series::spread(const Shape& shape) const {
  std::size_t scale = 0;
  while (scale + 1 < shape.scales.size() && shape.scales[scale].length < shape.slot) ++scale;
  return std::max<double>(memory_[scale].strays / memory_[scale].strays_weight, kLeastSpread);
}

void Series::push_row(const Shape& shape, LocalTime at, std::int64_t number, const Figure& figure, double unseen) {
  const double exposure = shape.values ? figure.posts : 1.0 / shape.rows_a_slot;
  if (shape.rows_a_slot > 1)
    at.within = (static_cast<float>(place(number, shape.rows_a_slot)) + 0.5F) / static_cast<float>(shape.rows_a_slot);
  row_expected_ = season_.rate(shape.season, at) * exposure;
  row_observed_ = shape.values ? figure.value : credited(figure.value, row_expected_, unseen);
  rows_[place(number, rows_.size())] = {static_cast<float>(row_observed_), static_cast<float>(row_expected_),
                                        static_cast<float>(figure.posts)};
  if (shape.values && figure.posts > 0) {
    const double mean = season_.rate(shape.season, at);
    const double squared = (figure.squares - 2 * mean * figure.value) / figure.posts + mean * mean;
    const double share = figure.posts / (figure.posts + 200);
    value_variance_ = static_cast<float>(value_variance_ <= 0 ? std::max(squared, mean * mean)
                                                              : value_variance_ + share * (squared - value_variance_));
  }
  next_row_ = number + 1;
}

// Rows with nothing at all: no more than a slot's are ever missing, since slots are closed in order.
void Series::fill_to(const Shape& shape, std::int64_t row) {
  if (next_row_ >= row) return;
  const double n = static_cast<double>(row - next_row_);
  const std::int64_t ring = static_cast<std::int64_t>(rows_.size());
  const double exposure = shape.values ? 0 : 1;
  for (std::int64_t r = std::max(next_row_, row - ring); r < row; ++r)
    rows_[place(r, rows_.size())] = {0, static_cast<float>(exposure * row_expected_), 0};
  for (std::size_t s = 0; s < shape.scales.size(); ++s) {
    const Scale& scale = shape.scales[s];
    if (!scale.by_rows) continue;
    const double kept = std::pow(scale.keep, n);
    for (Peaks& peaks : memory_[s].peaks) peaks.add(0, kept);
    memory_[s].peaks[0].past += static_cast<float>(fourth(scale.extra) * (1 - kept) / (1 - scale.keep));
  }
  next_row_ = row;
}

Series::Stretch Series::last_rows(std::uint32_t rows) const {
  Stretch all;
  for (std::int64_t r = std::max(next_row_ - static_cast<std::int64_t>(rows), first_row_); r < next_row_; ++r) {
    const Step& step = rows_[place(r, rows_.size())];
    all.observed += step.observed, all.expected += step.expected, all.posts += step.posts;
  }
  return all;
}

Series::Stretch Series::last_slots(const Shape& shape, std::uint32_t slots) const {
  Stretch all;
  const std::int64_t end = shape.slot_of(next_row_ - 1) + 1, first = shape.slot_of(first_row_);
  for (std::int64_t s = std::max(end - static_cast<std::int64_t>(slots), first); s < end; ++s) {
    const Step& step = slots_[place(s, slots_.size())];
    all.observed += step.observed, all.expected += step.expected, all.posts += step.posts;
  }
  return all;
}

double Series::variance(const Shape& shape, LocalTime at, std::size_t scale, const Stretch& s) const {
  const Memory& m = memory_[scale];
  const double beyond = std::max<double>(m.strays / m.strays_weight, kLeastSpread) +
                        season_.uncertainty(shape.season, at, slots_in(shape, scale));
  const double chance = shape.values ? s.posts * value_variance_ : s.expected;
  return chance + beyond * s.expected * s.expected;
}

// How many times a week, of late, something happened that the model by itself calls rare. What is going on now is no
// past of its own.
double Series::busy(const Shape& shape, double by_model) {
  const std::int64_t since = (next_row_ - busy_row_) * shape.window;
  const double keep = std::exp(-static_cast<double>(since) / static_cast<double>(kDay) / kBusyMemory);
  const bool over = since > kSameEvent;
  const double before = (busy_ + (over ? last_busy_ : 0)) * keep;
  if (by_model <= kBusy) {
    last_busy_ = over ? 1 : static_cast<float>(last_busy_ * keep);
    busy_ = static_cast<float>(before), busy_row_ = next_row_;
  }
  return before / (kBusyMemory / 7);
}

void Series::judge(const Shape& shape, LocalTime at, std::size_t index, const Stretch& s, Direction direction,
                   Verdict& best) {
  const Scale& scale = shape.scales[index];
  Memory& memory = memory_[index];
  const bool up = direction == Direction::up;
  Peaks& peaks = memory.peaks[static_cast<std::size_t>(direction)];
  const double apart = up ? s.observed - s.expected : s.expected - s.observed;
  const double variance = this->variance(shape, at, index, s);
  const double extra = up ? scale.extra : 0;  // nobody misses more than was expected
  const double excess = std::max(apart, 0.0) + extra;
  const std::int64_t age = (next_row_ - first_row_) * shape.window;
  if (apart > 0 && apart * apart > 2 * variance && age >= std::max(kBlind, 3 * shape.slot)) {
    const double days = static_cast<double>(age) / static_cast<double>(kDay);
    const double young = std::exp(-days);
    const double common = scale.typical * fourth(kFirstGuess * s.expected) * young;
    const double past = peaks.past + young * (peaks.before + peaks.now);
    const double surprise = shape.values ? surprise_apart(s.observed, s.expected, variance)
                            : up         ? surprise_above(s.observed, s.expected, variance)
                                         : surprise_below(s.observed, s.expected, variance);
    const double by_model = trials_a_week(scale, surprise) * std::exp(-surprise);
    const double gate = std::clamp((busy(shape, by_model) - kBusyFrom) / kBusyOver, 0.0, 1.0);
    const double a_week =
        by_model + gate * kPeaks * (std::max(past, scale.typical * fourth(extra)) + common) / fourth(excess);
    if (a_week < best.a_week)
      best = {a_week, direction, static_cast<std::uint32_t>(index), s.observed, s.expected, variance};
  }
  peaks.add(fourth(excess), scale.keep);
}

void Series::Peaks::add(double power, double keep) {
  for (float* sum : {&past, &before}) *sum = static_cast<float>(*sum * keep);
  now = static_cast<float>(std::min(now * keep + power, 1e36));
}

// How far a figure strays beyond chance, from stretches that do not overlap; those far out count as less far, and those
// of which the expectation is still unsure count little.
void Series::learn_strays(const Shape& shape, LocalTime at, std::size_t index, const Stretch& s) {
  if (s.expected <= 0) return;
  const double days = static_cast<double>(shape.scales[index].length) / static_cast<double>(kDay);
  const double variance = this->variance(shape, at, index, s);
  const double chance = shape.values ? s.posts * value_variance_ : s.expected;
  const double unsure = season_.uncertainty(shape.season, at, slots_in(shape, index));
  const double squared = std::min((s.observed - s.expected) * (s.observed - s.expected), kFarOut * kFarOut * variance);
  const double mean_squared = s.expected * s.expected;
  Memory& m = memory_[index];
  const double spread = std::max<double>(m.strays / m.strays_weight, kLeastSpread);
  const double weight = spread / (spread + unsure) / (mean_squared + (shape.values ? 0 : 1));
  const auto keep = static_cast<float>(std::exp(-days / kStrayMemory));
  m.strays = m.strays * keep + static_cast<float>(weight * (squared - chance - unsure * mean_squared));
  m.strays_weight = m.strays_weight * keep + static_cast<float>(weight * mean_squared);
}

// The part of a verdict's stretch that began it: the end of it with most excess; of a drop, where nothing at all came,
// if that accounts for most of it.
Onset Series::onset(const Shape& shape, const Verdict& verdict) const {
  const Scale& scale = shape.scales[verdict.scale];
  const std::vector<Step>& ring = scale.by_rows ? rows_ : slots_;
  const std::int64_t a_step = scale.by_rows ? 1 : shape.rows_a_slot;
  const std::int64_t end = floor_div(next_row_ - 1, a_step) + 1, first = floor_div(first_row_, a_step);
  Onset best, nothing;
  double observed = 0, expected = 0, most = -1;
  for (std::int64_t n = end - 1; n >= std::max(end - static_cast<std::int64_t>(scale.steps), first); --n) {
    const Step& step = ring[place(n, ring.size())];
    observed += step.observed, expected += step.expected;
    const double excess = verdict.direction == Direction::up ? observed - expected : expected - observed;
    if (observed == 0) nothing = {std::max(n * a_step, first_row_), 0, expected};
    if (excess <= most) continue;
    most = excess;
    best = {std::max(n * a_step, first_row_), observed, expected};
  }
  const bool silent = verdict.direction == Direction::down && nothing.expected >= kMostly * most;
  return silent ? nothing : best;
}

Verdict Series::row(const Shape& shape, LocalTime at, std::int64_t number, const Figure& figure, double unseen) {
  row_expected_ = season_.rate(shape.season, at) / shape.rows_a_slot;
  fill_to(shape, number);
  push_row(shape, at, number, figure, unseen);
  Verdict best;
  for (std::size_t s = 0; s < shape.scales.size(); ++s) {
    if (!shape.scales[s].by_rows) continue;
    const Stretch stretch = last_rows(shape.scales[s].steps);
    judge(shape, at, s, stretch, Direction::up, best);
    judge(shape, at, s, stretch, Direction::down, best);
  }
  return best;
}

Verdict Series::close_slot(const Shape& shape, LocalTime at, std::int64_t number) {
  row_expected_ = season_.rate(shape.season, at) / shape.rows_a_slot;
  fill_to(shape, shape.first_row(number + 1));
  const Stretch slot = last_rows(shape.rows_a_slot);
  slots_[place(number, slots_.size())] = {static_cast<float>(slot.observed), static_cast<float>(slot.expected),
                                          static_cast<float>(slot.posts)};
  Verdict best;
  double low = 0, high = 0;
  for (std::size_t s = 0; s < shape.scales.size(); ++s) {
    const Scale& scale = shape.scales[s];
    if (scale.by_rows && scale.length < shape.slot) {
      for (std::uint32_t end = scale.steps; end <= shape.rows_a_slot; end += scale.steps) {
        Stretch part;
        for (std::uint32_t r = end - scale.steps; r < end; ++r) {
          const Step& step = rows_[place(shape.first_row(number) + r, rows_.size())];
          part.observed += step.observed, part.expected += step.expected, part.posts += step.posts;
        }
        learn_strays(shape, at, s, part);
      }
      continue;
    }
    const Stretch stretch = scale.by_rows ? slot : last_slots(shape, scale.steps);
    if (!scale.by_rows) judge(shape, at, s, stretch, Direction::up, best);
    if (!scale.by_rows) judge(shape, at, s, stretch, Direction::down, best);
    const double variance = this->variance(shape, at, s, stretch);
    if (scale.length == shape.slot) {
      low = slot.expected - kFarOut * std::sqrt(variance), high = slot.expected + kFarOut * std::sqrt(variance) + 1;
    }
    const std::int64_t slots = scale.by_rows ? 1 : scale.steps;
    if ((number + 1) % slots == 0) learn_strays(shape, at, s, stretch);
  }
  const double slots_a_day = static_cast<double>(kDay) / static_cast<double>(shape.slot);
  if ((number + 1) % std::max<std::int64_t>(kGoingOn / shape.slot, 1) == 0)
    for (Memory& memory : memory_)
      for (Peaks& peaks : memory.peaks) peaks.pass();
  const double exposure = shape.values ? slot.posts : 1;
  const double figure = std::clamp(slot.observed, low, high);
  if (exposure > 0 && next_row_ - first_row_ > 0)
    season_.learn(shape.season, at, figure, exposure, spread(shape), slots_a_day);
  return best;
}

void Series::adopt(double ratio) {
  season_.scale_level(std::clamp(ratio, 1e-3, 1e3));
}

void Series::forgive(const Shape& shape, std::int64_t from_row, double unseen) {
  if (shape.values || unseen <= 0) return;
  const auto forgive = [unseen](Step& step, double part) {
    step.observed = static_cast<float>(credited(step.observed, step.expected, unseen * part));
  };
  const std::int64_t rows = static_cast<std::int64_t>(rows_.size()), slots = static_cast<std::int64_t>(slots_.size());
  for (std::int64_t r = std::max({from_row, next_row_ - rows, first_row_}); r < next_row_; ++r)
    forgive(rows_[place(r, rows_.size())], 1);
  const std::int64_t end = shape.slot_of(next_row_);
  for (std::int64_t s = std::max({shape.slot_of(from_row), end - slots, shape.slot_of(first_row_)}); s < end; ++s) {
    const std::int64_t unseen_rows = shape.first_row(s + 1) - std::max(from_row, shape.first_row(s));
    forgive(slots_[place(s, slots_.size())], static_cast<double>(unseen_rows) / shape.rows_a_slot);
  }
}

void Series::leap(const Shape& shape, std::int64_t row) {
  if (row <= next_row_) return;
  first_row_ += row - next_row_, busy_row_ += row - next_row_;
  next_row_ = row;
  rows_.assign(shape.rows_a_slot, {}), slots_.assign(shape.slots_kept, {});
}

void Series::save(state::BytesOut& out) const {
  out.integer(first_row_), out.integer(next_row_), out.real32(value_variance_);
  out.real32(busy_), out.real32(last_busy_), out.integer(busy_row_), out.real(row_observed_), out.real(row_expected_);
  season_.save(out);
  for (const Memory& m : memory_) {
    for (const Peaks& p : m.peaks) out.real32(p.past), out.real32(p.before), out.real32(p.now);
    out.real32(m.strays), out.real32(m.strays_weight);
  }
  for (const std::vector<Step>* ring : {&rows_, &slots_}) {
    out.number(ring->size());
    for (const Step& step : *ring) out.real32(step.observed), out.real32(step.expected), out.real32(step.posts);
  }
}

void Series::load(const Shape& shape, state::BytesIn& in) {
  *this = Series(shape, 0);
  first_row_ = in.integer(), next_row_ = in.integer(), value_variance_ = in.real32();
  busy_ = in.real32(), last_busy_ = in.real32(), busy_row_ = in.integer(), row_observed_ = in.real(),
  row_expected_ = in.real();
  season_.load(in);
  for (Memory& m : memory_) {
    for (Peaks& p : m.peaks) p.past = in.real32(), p.before = in.real32(), p.now = in.real32();
    m.strays = in.real32(), m.strays_weight = in.real32();
  }
  for (std::vector<Step>* ring : {&rows_, &slots_}) {
    ring->resize(std::max<std::size_t>(in.count(), 1));
    for (Step& step : *ring) step.observed = in.real32(), step.expected = in.real32(), step.posts = in.real32();
  }
}

}  // namespace earshot::baseline
