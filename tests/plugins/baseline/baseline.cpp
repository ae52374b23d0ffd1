// The baseline by itself: tails, seasons, events.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "baseline/calendar.hpp"
#include "baseline/event.hpp"
#include "baseline/tail.hpp"

using namespace earshot::baseline;

namespace {

// -ln P(Y >= y), summed up: Poisson, or a negative binomial.
double exact_above(int y, double mean, double variance) {
  double below = 0;
  for (int k = 0; k < y; ++k) {
    double log_p = 0;
    if (variance <= mean) {
      log_p = k * std::log(mean) - mean - std::lgamma(k + 1);
    } else {
      const double r = mean * mean / (variance - mean);
      log_p = std::lgamma(k + r) - std::lgamma(r) - std::lgamma(k + 1) + r * std::log(r / (r + mean)) +
              k * std::log(mean / (r + mean));
    }
    below += std::exp(log_p);
  }
  return -std::log(std::max(1 - below, 1e-15));
}

LocalTime local(std::int64_t slot) {
  const std::int64_t day = floor_div(slot, 24);
  return {static_cast<std::uint8_t>(slot - day * 24), static_cast<std::uint8_t>((day + 3) % 7)};
}

// A watch that was given hours of posts, in rows of five minutes.
struct Fed {
  Shape shape = Shape::of(5 * kMinute);
  Rules rules;
  Watch watch{shape, 20'000 * 288};
  std::int64_t hour = 0;
  std::mt19937_64 random{1};
  std::vector<News> news;

  void note(News n) {
    if (n != News::nothing) news.push_back(n);
  }
  // `rate(hour)`: of posts; `unseen`: by all sources
  template <class Rate>
  void hours(int n, Rate rate, bool unseen = false) {
    for (int i = 0; i < n; ++i, ++hour) {
      const std::int64_t slot = 20'000 * 24 + hour;
      for (std::int64_t row = slot * 12; row < slot * 12 + 12; ++row) {
        const int posts = std::poisson_distribution<int>(std::max(rate(hour) / 12, 1e-9))(random);
        note(watch.row(shape, rules, local(slot), row, {static_cast<double>(posts), 0, 0}, unseen ? 1 : 0));
      }
      note(watch.close_slot(shape, rules, local(slot), slot));
    }
  }
  long count(News kind) const { return std::count(news.begin(), news.end(), kind); }
};

double by_day(std::int64_t hour) {
  return 60 * (1 + 0.8 * std::sin(static_cast<double>(hour % 24 - 8) * 3.14159 / 12)) *
         (local(20'000 * 24 + hour).weekday >= 5 ? 0.5 : 1.2);
}

}  // namespace

TEST_CASE("the surprise of a count is that of the exact tail, within a seventh") {
  for (const auto& [y, mean, variance] : {std::tuple{5, 1.0, 1.0},
                                          {12, 4.0, 4.0},
                                          {40, 20.0, 20.0},
                                          {60, 20.0, 60.0},
                                          {15, 3.0, 6.0},
                                          {160, 100.0, 300.0}}) {
    INFO(y << " of " << mean);
    CHECK(surprise_above(y, mean, variance) == Approx(exact_above(y, mean, variance)).epsilon(0.14));
  }
  CHECK(surprise_above(3, 4, 4) == 0);
  CHECK(surprise_below(9, 4, 4) == 0);
  CHECK(surprise_below(0, 8, 8) == Approx(8).epsilon(0.14));
  CHECK(std::isfinite(surprise_above(1e9, 1e-6, 1e-6)));
  CHECK(std::isfinite(surprise_below(0, 1e9, 1e18)));
}

TEST_CASE("what is expected knows the hour and the weekday") {
  Fed fed;
  fed.hours(24 * 42, by_day);
  for (const std::int64_t hour : {24 * 42 + 2, 24 * 42 + 14, 24 * 44 + 14, 24 * 45 + 8}) {
    INFO("hour " << hour);
    CHECK(fed.watch.series().rate(fed.shape, local(20'000 * 24 + hour)) == Approx(by_day(hour)).epsilon(0.2));
  }
}

TEST_CASE("chance alone opens few events, and what is planted opens one that grows and closes") {
  Fed fed;
  fed.rules.a_week = 0.25;
  fed.hours(24 * 28, by_day);
  CHECK(fed.count(News::opened) <= 2);
  fed.news.clear();
  fed.hours(13, by_day);
  const std::int64_t from = fed.hour;
  fed.hours(5, [](std::int64_t hour) { return 4 * by_day(hour); });
  REQUIRE(fed.watch.is_open());
  CHECK(fed.watch.event().direction == Direction::up);
  CHECK(std::abs(fed.watch.event().begin - (20'000 * 24 + from) * 12) <= 3);
  CHECK(fed.watch.event().observed > 3 * fed.watch.event().expected);
  fed.hours(24, by_day);
  CHECK(!fed.watch.is_open());
  CHECK(std::abs(fed.watch.event().end - (20'000 * 24 + from + 5) * 12) <= 6);
  CHECK(fed.count(News::opened) == 1);
  CHECK(fed.count(News::grown) >= 2);
  CHECK(fed.count(News::closed) == 1);
}

TEST_CASE("silence is told within the hour, and not where nobody could see") {
  const bool unseen = GENERATE(true, false);
  Fed fed;
  fed.hours(24 * 21 + 12, by_day);
  fed.news.clear();
  fed.hours(
      1, [](std::int64_t) { return 0.0; }, unseen);
  CHECK(fed.count(News::opened) == (unseen ? 0 : 1));
  if (!unseen) CHECK(fed.watch.event().observed == 0);
}

TEST_CASE("what goes on for a week is usual from then on") {
  Fed fed;
  fed.hours(24 * 28, by_day);
  fed.news.clear();
  const auto more = [](std::int64_t hour) { return 3 * by_day(hour); };
  fed.hours(24 * 8, more);
  CHECK(fed.count(News::settled) == 1);
  fed.news.clear();
  fed.hours(24 * 14, more);
  CHECK(fed.count(News::opened) <= 1);
  CHECK(fed.watch.series().rate(fed.shape, local(20'000 * 24 + fed.hour)) == Approx(more(fed.hour)).epsilon(0.3));
}

TEST_CASE("a threefold day is told on the third day, and a usual morning is not") {
  Fed fed;
  fed.hours(24 * 3 + 10, by_day);
  CHECK(fed.count(News::opened) <= 1);
  fed.news.clear();
  fed.hours(4, [](std::int64_t hour) { return 8 * by_day(hour); });
  CHECK(fed.count(News::opened) == 1);
}

TEST_CASE("what is saved goes on as if nothing had been") {
  Fed fed;
  fed.hours(24 * 10, by_day);
  fed.hours(2, [](std::int64_t hour) { return 5 * by_day(hour); });
  earshot::state::BytesOut out;
  fed.watch.save(out);
  Fed again;
  earshot::state::BytesIn in(out.bytes());
  again.watch.load(again.shape, in);
  again.hour = fed.hour, again.random = fed.random;
  fed.news.clear();
  for (Fed* f : {&fed, &again}) f->hours(24 * 3, by_day);
  CHECK(fed.news == again.news);
  earshot::state::BytesOut first, second;
  fed.watch.save(first), again.watch.save(second);
  CHECK(first.bytes() == second.bytes());
}

TEST_CASE("a measured value is watched as a count is") {
  const Shape shape = Shape::of(kHour, Season::week, true, 0);
  Watch watch(shape, 20'000 * 24);
  Rules rules;
  rules.a_week = 0.25;
  std::mt19937_64 random(5);
  int opened = 0;
  const auto hours = [&](std::int64_t from, std::int64_t to, double share) {
    for (std::int64_t slot = 20'000 * 24 + from; slot < 20'000 * 24 + to; ++slot) {
      const double praised = std::binomial_distribution<int>(40, share)(random);
      opened += watch.row(shape, rules, local(slot), slot, {praised, 40, praised}, 0) == News::opened;
      opened += watch.close_slot(shape, rules, local(slot), slot) == News::opened;
    }
  };
  hours(0, 24 * 21, 0.6);
  CHECK(opened <= 1);
  opened = 0;
  hours(24 * 21, 24 * 21 + 6, 0.25);
  CHECK(opened == 1);
  CHECK(watch.event().direction == Direction::down);
}

TEST_CASE("a calendar knows summer time, and names that are none are refused") {
  const Calendar utc, berlin("Europe/Berlin");
  constexpr std::int64_t january = 1'767'225'600'000'000'000, july = 1'782'864'000'000'000'000;  // 2026, the 1st
  CHECK(utc.at(january).hour == 0);
  CHECK(berlin.at(january).hour == 1);
  CHECK(berlin.at(july).hour == 2);
  CHECK(utc.at(january).weekday == 3);  // a Thursday
  CHECK_THROWS_AS(Calendar("Mars/Olympus"), std::invalid_argument);
}
