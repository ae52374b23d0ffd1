#include "baseline/event.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace earshot::baseline {
namespace {

constexpr float kOver = 6;  // so much evidence, as a logarithm, must speak against an event for it to be over
constexpr double kTwice = 2, kEightTimes = 8;
constexpr std::int64_t kSameEvent = 18 * kHour;
constexpr std::int64_t kStill = kDay, kLongest = 7 * kDay;
constexpr double kMore = 2, kLess = 0.25;

// ln of the likelihood of `ratio` times the expectation over that of the expectation.
double evidence_for(double ratio, double observed, double expected) {
  return observed * std::log(ratio) - (ratio - 1) * expected;
}

}  // namespace

bool LastTold::is_news(const Shape& shape, const Verdict& verdict, std::int64_t row) const {
  const std::int64_t rows = row - row_;  // too many to be a time where none was told before
  const bool overlaps = rows < (shape.scales[verdict.scale].length + shape.window - 1) / shape.window;
  if (rows > kSameEvent / shape.window) return !overlaps || verdict.a_week < a_week_;
  return verdict.a_week * (overlaps && verdict.scale > scale_ ? kEightTimes : kTwice) < a_week_;
}

void LastTold::save(state::BytesOut& out) const {
  out.real32(a_week_), out.number(scale_), out.integer(row_);
}

void LastTold::load(state::BytesIn& in) {
  a_week_ = in.real32(), scale_ = static_cast<std::uint32_t>(in.number()), row_ = in.integer();
}

News Watch::judge(const Shape& shape, const Rules& rules, const Verdict& verdict) {
  const std::int64_t row = series_.next_row();
  LastTold& last = told_[static_cast<std::size_t>(verdict.direction)];
  if (open_) {
    if (verdict.direction != event_.direction || verdict.a_week >= event_.a_week) return News::nothing;
    event_.a_week = verdict.a_week, has_grown_ = true;  // told when the slot is over
    last.tell(verdict, row - 1);
    return News::nothing;
  }
  if (verdict.a_week > rules.a_week || !last.is_news(shape, verdict, row - 1)) return News::nothing;
  const bool up = verdict.direction == Direction::up;
  if (up ? verdict.observed < rules.min_count : !rules.drops) return News::nothing;
  last.tell(verdict, row - 1);
  const Onset onset = series_.onset(shape, verdict);
  event_ = {verdict.direction, std::max(onset.row, event_.end), row, onset.observed, onset.expected, 0, verdict.a_week};
  const double share = verdict.expected > 0 ? onset.expected / verdict.expected : 1;
  event_.variance = verdict.variance * std::clamp(share, 1e-6, 1.0);
  observed_ = event_.observed, expected_ = event_.expected;
  open_ = true, has_grown_ = false, score_ = peak_ = kOver;
  return News::opened;
}

News Watch::grow(const Shape& shape, std::int64_t row, const Figure& figure) {
  const double observed = series_.observed(), expected = series_.expected();
  const bool up = event_.direction == Direction::up;
  observed_ += observed, expected_ += expected;
  double evidence = 0;
  if (shape.values) {
    const double ratio = event_.expected > 0 ? event_.observed / event_.expected - 1 : 0;
    const double shift = ratio / 2 * expected;
    const double variance = figure.posts * series_.value_variance() + series_.spread(shape) * expected * expected;
    evidence = variance > 0 ? (shift * (observed - expected) - shift * shift / 2) / variance : 0;
  } else {
    const double a_slot = expected * shape.rows_a_slot;
    evidence = evidence_for(up ? kMore : kLess, observed, expected) / (1 + series_.spread(shape) * a_slot);
  }
  score_ = std::min(score_ + static_cast<float>(evidence), peak_ + kOver);
  if (score_ > peak_ - 0.01F && score_ >= peak_) {
    has_grown_ |= row >= event_.end;
    peak_ = score_, event_.end = row + 1;
    told_[static_cast<std::size_t>(event_.direction)].goes_on(row);
    const double before = std::max(event_.expected, 1e-9);
    event_.variance *= std::max(1.0, expected_ / before);
    event_.observed = observed_, event_.expected = expected_;
  }
  if ((row + 1 - event_.begin) * shape.window >= kLongest) {
    open_ = false;
    series_.adopt(expected_ > 0 ? observed_ / expected_ : 1);
    return News::settled;
  }
  const bool over = score_ <= peak_ - kOver || (row + 1 - event_.end) * shape.window >= kStill;
  if (!over) return News::nothing;
  open_ = false;
  return News::closed;
}

News Watch::row(const Shape& shape, const Rules& rules, LocalTime at, std::int64_t number, const Figure& figure,
                double unseen) {
  verdict_ = series_.row(shape, at, number, figure, unseen);
  if (open_) {
    const News news = grow(shape, number, figure);
    if (news != News::nothing) return news;
  }
  return judge(shape, rules, verdict_);
}

News Watch::close_slot(const Shape& shape, const Rules& rules, LocalTime at, std::int64_t number) {
  verdict_ = series_.close_slot(shape, at, number);
  const News news = judge(shape, rules, verdict_);
  if (news != News::nothing || !open_) return news;
  return std::exchange(has_grown_, false) ? News::grown : News::nothing;
}

News Watch::close() {
  return std::exchange(open_, false) ? News::closed : News::nothing;
}

void Watch::save(state::BytesOut& out) const {
  series_.save(out);
  out.number(static_cast<std::uint64_t>(open_) | static_cast<std::uint64_t>(has_grown_) << 1 |
             static_cast<std::uint64_t>(event_.direction) << 2);
  out.integer(event_.end);
  for (const LastTold& last : told_) last.save(out);
  if (!open_) return;
  out.real32(score_), out.real32(peak_), out.real(observed_), out.real(expected_);
  out.integer(event_.begin);
  out.real(event_.observed), out.real(event_.expected), out.real(event_.variance), out.real(event_.a_week);
}

void Watch::load(const Shape& shape, state::BytesIn& in) {
  series_.load(shape, in);
  const std::uint64_t flags = in.number();
  open_ = (flags & 1) != 0, has_grown_ = (flags & 2) != 0;
  event_ = {};
  event_.direction = (flags & 4) != 0 ? Direction::down : Direction::up;
  event_.end = in.integer();
  for (LastTold& last : told_) last.load(in);
  if (!open_) return;
  score_ = in.real32(), peak_ = in.real32(), observed_ = in.real(), expected_ = in.real();
  event_.begin = in.integer();
  event_.observed = in.real(), event_.expected = in.real(), event_.variance = in.real(), event_.a_week = in.real();
}

}  // namespace earshot::baseline
