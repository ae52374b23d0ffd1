#include "streams.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "baseline/event.hpp"

namespace earshot::quality {

using namespace baseline;

namespace {

constexpr std::int64_t kDays = 120, kRowsADay = 288, kRows = kDays * kRowsADay, kFirst = 20'000 * kRowsADay;
constexpr std::int64_t kWindows[] = {3, 12, 72, 288, 1152};  // rows: a quarter of an hour to four days

struct Planted {
  std::int64_t row, window;
};
struct Told {
  std::int64_t row;
  Direction direction;
};

LocalTime local(std::int64_t row) {
  const std::int64_t hour = floor_div(kFirst + row, 12), day = floor_div(hour, 24);
  return {static_cast<std::uint8_t>(hour - day * 24), static_cast<std::uint8_t>((day + 3) % 7)};
}

double usual(const Plan& plan, std::int64_t row) {
  const double hours = static_cast<double>(row % kRowsADay) / 12;
  const double of_day = 1 + 0.8 * std::sin((hours - 8) * M_PI / 12);
  const double of_week = local(row).weekday >= 5 ? 0.7 : 1.12;
  return plan.a_day / kRowsADay * of_day * of_week * std::exp2(static_cast<double>(row) / kRows);
}

std::int64_t window_at(const Plan& plan, std::int64_t row) {
  for (const std::int64_t window : kWindows) {
    double expected = 0;
    for (std::int64_t r = row; r < row + window; ++r) expected += usual(plan, r);
    if (expected >= 30) return window;
  }
  return kWindows[4];
}

class Stream {
 public:
  Stream(const Plan& plan, std::uint64_t seed) : plan_(plan), random_(seed), copies_(kRows + 100) {
    std::int64_t longest = 3;
    for (std::int64_t r = 0; r < kRowsADay; r += 12) longest = std::max(longest, window_at(plan, r));
    const std::int64_t apart = std::max<std::int64_t>(10 * kRowsADay, 8 * longest);
    for (std::int64_t row = 30 * kRowsADay + below(apart / 2); row < kRows - 3 * longest;
         row += apart + below(apart / 2))
      planted_.push_back({row, window_at(plan, row)});
  }

  std::int64_t posts(std::int64_t row) {
    if (row % 12 == 0) drift_ = kKept * drift_ + std::sqrt(1 - kKept * kKept) * normal_(random_);
    double mean = usual(plan_, row) * std::exp(plan_.noise * drift_ - plan_.noise * plan_.noise / 2);
    for (const Planted& p : planted_)
      if (row >= p.row && row < p.row + 2 * p.window) mean *= plan_.times;
    if (std::uniform_real_distribution<double>()(random_) < plan_.copies_a_week / (7 * kRowsADay))
      for (int n = 5 + std::geometric_distribution<int>(0.05)(random_); n > 0; --n)
        ++copies_[static_cast<std::size_t>(row + below(6))];
    return std::poisson_distribution<std::int64_t>(std::max(mean, 1e-12))(random_) +
           copies_[static_cast<std::size_t>(row)];
  }
  const std::vector<Planted>& planted() const { return planted_; }

 private:
  static constexpr double kKept = 0.8465;  // e^(-1/6): of an hour's drift in the next
  std::int64_t below(std::int64_t n) { return std::uniform_int_distribution<std::int64_t>(0, n - 1)(random_); }

  Plan plan_;
  std::mt19937_64 random_;
  std::normal_distribution<double> normal_;
  std::vector<std::int64_t> copies_;
  std::vector<Planted> planted_;
  double drift_ = 0;
};

std::vector<Told> run(const Plan& plan, Stream& stream) {
  const Shape shape = Shape::of(5 * kMinute);
  Rules rules;
  rules.a_week = plan.a_week;
  Watch watch(shape, kFirst);
  std::vector<Told> told;
  const auto note = [&](News news, std::int64_t row) {
    if (news == News::opened) told.push_back({row, watch.event().direction});
  };
  for (std::int64_t row = 0; row < kRows; ++row) {
    const double posts = static_cast<double>(stream.posts(row));
    // As the detector does: rows without a post are passed over where they are many.
    if (posts > 0 || watch.is_open() || plan.a_day > kRowsADay)
      note(watch.row(shape, rules, local(row), kFirst + row, {posts, 0, 0}, 0), row);
    if (row % 12 == 11) note(watch.close_slot(shape, rules, local(row), shape.slot_of(kFirst + row)), row);
  }
  return told;
}

}  // namespace

Outcome simulate(const Plan& plan, std::uint64_t seed) {
  Outcome all;
  int false_alarms = 0;
  for (int n = 0; n < plan.streams; ++n) {
    Stream stream(plan, seed * 7919 + static_cast<std::uint64_t>(n));
    const std::vector<Told> told = run(plan, stream);
    const Direction direction = plan.times < 1 ? Direction::down : Direction::up;
    for (const Planted& p : stream.planted()) {
      const auto finds = [&](const Told& t) {
        return t.direction == direction && t.row >= p.row && t.row < p.row + 2 * p.window + 12;
      };
      ++all.planted, all.found += std::any_of(told.begin(), told.end(), finds) ? 1 : 0;
    }
    for (const Told& t : told)
      false_alarms += std::none_of(stream.planted().begin(), stream.planted().end(), [&](const Planted& p) {
        return t.row >= p.row && t.row < p.row + 6 * p.window + 12;  // the event, and what is left when it is over
      });
  }
  all.false_alarms_a_week = false_alarms / (plan.streams * kDays / 7.0);
  return all;
}

}  // namespace earshot::quality
