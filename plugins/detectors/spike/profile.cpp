#include "spike/profile.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace earshot::spike {
namespace {

constexpr double kEnough = 0.5;  // share of a day that must have been clean for the day to count
constexpr int kPriorDays = 2;    // how many days the even shape weighs
constexpr int kPriorDispersion = 14;

std::size_t weekday_of(std::int64_t day) {
  return static_cast<std::size_t>(((day + 3) % 7 + 7) % 7);  // 1970-01-01 was a Thursday; Monday is 0
}

struct Day {
  std::int64_t day;
  double posts;  // as if all of it had been clean
};

// The mean of the middle half: as sturdy as a median where a day is out of line, and finer where counts are small.
double middle(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t cut = values.size() / 4;
  return std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(cut),
                         values.end() - static_cast<std::ptrdiff_t>(cut), 0.0) /
         static_cast<double>(values.size() - 2 * cut);
}

// Neighbouring hours are alike: a running mean around the clock.
std::vector<double> smooth(const std::vector<double>& rates) {
  const std::size_t n = rates.size();
  if (n < 12) return rates;
  constexpr double weights[] = {1, 2, 3, 2, 1};
  std::vector<double> smoothed(n, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < 5; ++k) smoothed[i] += rates[(i + n + k - 2) % n] * weights[k] / 9;
  return smoothed;
}

std::vector<double> shape_of(const std::vector<double>& posts, const std::vector<double>& times) {
  const double all = std::accumulate(posts.begin(), posts.end(), 0.0);
  const double seen = std::accumulate(times.begin(), times.end(), 0.0);
  const double mean = seen > 0 ? all / seen : 0;
  std::vector<double> rates(posts.size(), 1.0);
  for (std::size_t i = 0; i < posts.size() && mean > 0; ++i)
    rates[i] = (posts[i] + kPriorDays * mean) / (times[i] + kPriorDays);
  rates = smooth(rates);
  const double sum = std::accumulate(rates.begin(), rates.end(), 0.0);
  for (double& rate : rates) rate /= sum;
  return rates;
}

std::array<double, 7> weekdays_of(const std::vector<Day>& days, double level) {
  std::array<double, 7> factors{1, 1, 1, 1, 1, 1, 1};
  if (days.size() < 14 || level <= 0) return factors;
  for (std::size_t weekday = 0; weekday < 7; ++weekday) {
    std::vector<double> some;
    for (const Day& day : days)
      if (weekday_of(day.day) == weekday) some.push_back(day.posts / level);
    if (some.size() < 2) continue;
    const auto n = static_cast<double>(some.size());
    factors[weekday] = std::clamp((n * middle(some) + 2) / (n + 2), 0.2, 5.0);
  }
  return factors;
}

// How much more than chance days differ: squared distances in units of chance, each bounded, drawn towards 1.
double dispersion_of(const std::vector<Day>& days, const Profile& profile) {
  double sum = 0;
  for (const Day& day : days) {
    const double mean = std::max(profile.level * profile.weekday[weekday_of(day.day)], 0.5);
    sum += std::min((day.posts - mean) * (day.posts - mean) / mean, 9.0);
  }
  const auto n = static_cast<double>(days.size());
  return std::max(1.0, (sum + kPriorDispersion) / (n + kPriorDispersion));
}

}  // namespace

double Profile::expected(const Grid& grid, std::int64_t window) const {
  if (shape.empty()) return 0;
  const auto slot = static_cast<std::size_t>(grid.slot_of(window) - grid.day_of(window) * grid.slots_a_day());
  const double part =
      static_cast<double>(std::min(grid.window, grid.slot_length())) / static_cast<double>(grid.slot_length());
  return level * weekday[weekday_of(grid.day_of(window))] * shape[slot % shape.size()] * part;
}

Profile learn(const Grid& grid, Season season, const History& history, std::int64_t first_day, std::int64_t end_day,
              const std::function<bool(std::int64_t)>& is_clean) {
  const auto slots = static_cast<std::size_t>(grid.slots_a_day());
  std::vector<double> posts(slots, 0.0), times(slots, 0.0);
  std::vector<Day> days;
  auto at = std::lower_bound(history.begin(), history.end(),
                             std::pair<std::int64_t, std::uint32_t>{first_day * grid.slots_a_day(), 0});
  for (std::int64_t day = first_day; day < end_day; ++day) {
    double clean = 0, total = 0;
    for (std::size_t slot = 0; slot < slots; ++slot) {
      const std::int64_t number = day * grid.slots_a_day() + static_cast<std::int64_t>(slot);
      while (at != history.end() && at->first < number) ++at;
      const double here = at != history.end() && at->first == number ? at->second : 0;
      if (!is_clean(number)) continue;
      clean += 1, times[slot] += 1;
      total += here, posts[slot] += here;
    }
    const double coverage = clean / static_cast<double>(slots);
    if (coverage >= kEnough) days.push_back({day, total / coverage});
  }
  Profile profile;
  profile.days = static_cast<std::uint32_t>(days.size());
  if (days.empty()) return profile;
  const auto level = [&] {
    std::vector<double> values;
    for (const Day& day : days) values.push_back(day.posts / profile.weekday[weekday_of(day.day)]);
    return std::max(middle(values), 0.5 / static_cast<double>(days.size()));
  };
  profile.level = level();
  if (season == Season::week) {
    profile.weekday = weekdays_of(days, profile.level);
    profile.level = level();
  }
  profile.shape =
      season == Season::none ? std::vector<double>(slots, 1.0 / static_cast<double>(slots)) : shape_of(posts, times);
  profile.dispersion = dispersion_of(days, profile);
  profile.uncertainty =
      std::min(1.0, std::sqrt(profile.dispersion / (static_cast<double>(days.size()) * profile.level)));
  return profile;
}

void Profile::save(BytesOut& out) const {
  out.number(days), out.real(level), out.real(uncertainty), out.real(dispersion);
  for (const double factor : weekday) out.real(factor);
  out.number(shape.size());
  for (const double share : shape) out.real(share);
}

void Profile::load(BytesIn& in) {
  days = static_cast<std::uint32_t>(in.number());
  level = in.real(), uncertainty = in.real(), dispersion = in.real();
  for (double& factor : weekday) factor = in.real();
  shape.resize(in.count());
  for (double& share : shape) share = in.real();
}

}  // namespace earshot::spike
