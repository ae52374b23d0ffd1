// The parts of the spike detector by themselves.
#include <catch2/catch.hpp>

#include "post/time.hpp"
#include "spike/grid.hpp"
#include "spike/profile.hpp"
#include "spike/summary.hpp"

using namespace earshot::spike;

namespace {

ear_time at(const char* text) {
  return *earshot::post::read_time(text);
}

}  // namespace

TEST_CASE("spans that touch become one, and know what they overlap") {
  Spans spans;
  spans.add({10, 20});
  spans.add({30, 40});
  spans.add({5, 5});
  CHECK(spans.all().size() == 2);
  CHECK(!spans.overlaps(20, 30));
  CHECK(spans.overlaps(19, 20));
  CHECK(spans.overlaps(0, 11));
  spans.add({20, 30});
  REQUIRE(spans.all().size() == 1);
  CHECK(spans.all()[0].from == 10);
  CHECK(spans.all()[0].to == 40);
  spans.forget_before(40);
  CHECK(spans.all().empty());
}

TEST_CASE("the usual is learnt per hour and weekday, whatever one wild day says") {
  const Grid grid;
  History history;
  for (std::int64_t day = 0; day < 28; ++day)
    for (std::int64_t hour = 8; hour < 20; ++hour)
      history.emplace_back(day * 24 + hour, day == 20 ? 100 : (day + 3) % 7 >= 5 ? 1 : 4);
  const Profile profile = learn(grid, Season::week, history, 0, 28, [](std::int64_t) { return true; });
  CHECK(profile.days == 28);
  const auto on = [&](std::int64_t day) {
    double sum = 0;
    for (std::int64_t hour = 0; hour < 24; ++hour) sum += profile.expected(grid, day * 24 + hour);
    return sum;
  };
  CHECK(on(28) == Approx(48).epsilon(0.1));  // a Thursday
  CHECK(on(30) < 30);                        // a Saturday
  CHECK(profile.expected(grid, 28 * 24 + 12) > 3);
  CHECK(profile.expected(grid, 28 * 24 + 2) < 0.5);
}

TEST_CASE("days that were not seen are not learnt from") {
  const Grid grid;
  History history;
  for (std::int64_t day = 0; day < 10; ++day) history.emplace_back(day * 24 + 12, 24);
  const Profile all = learn(grid, Season::none, history, 0, 20, [](std::int64_t) { return true; });
  const Profile seen = learn(grid, Season::none, history, 0, 20, [](std::int64_t slot) { return slot < 240; });
  CHECK(seen.days == 10);
  CHECK(seen.level == Approx(24));
  CHECK(all.level < 20);
}

TEST_CASE("a period is told as people tell it") {
  CHECK(period(at("2026-03-14T00:00:00Z"), at("2026-03-15T00:00:00Z")) == "on 2026-03-14");
  CHECK(period(at("2026-03-14T00:00:00Z"), at("2026-03-16T00:00:00Z")) == "from 2026-03-14 to 2026-03-15");
  CHECK(period(at("2026-03-14T08:00:00Z"), at("2026-03-14T11:00:00Z")) == "from 2026-03-14 08:00 to 11:00 UTC");
  CHECK(period(at("2026-03-14T22:00:00Z"), at("2026-03-15T01:00:00Z")) ==
        "from 2026-03-14 22:00 to 2026-03-15 01:00 UTC");
}

TEST_CASE("an alert is the more severe the stronger its evidence") {
  CHECK(severity(12, 12) == 3);
  CHECK(severity(24, 12) == 5);
  CHECK(severity(1e9, 12) == 10);
  CHECK(severity(0, 12) == 3);
}
