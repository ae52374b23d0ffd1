// Days, weeks and months by the clocks of a place, and when something is due.
#include <catch2/catch.hpp>
#include <earshot/testing/values.hpp>

#include "calendar/cron.hpp"
#include "calendar/period.hpp"

using namespace earshot::calendar;

namespace {

std::int64_t ns(const char* time) {
  return earshot::ticks(earshot::testing::at(time));
}
const Zone utc("UTC"), berlin("Europe/Berlin");

std::string due(const char* cron, const char* after, const Zone& zone = utc) {
  return zone.text(Cron(cron).next(ns(after), zone));
}

}  // namespace

TEST_CASE("days are counted as the calendar has them") {
  CHECK(text(date_of(days_of({2024, 2, 29}) + 1)) == "2024-03-01");
  CHECK(text(date_of(-1)) == "1969-12-31");
  CHECK(weekday_of(days_of({2026, 5, 4})) == 0);
  for (std::int64_t day = -200'000; day < 200'000; day += 37) REQUIRE(days_of(date_of(day)) == day);
}

TEST_CASE("a day has 23 or 25 hours where the clocks change") {
  const auto hours = [](Date date) {
    return (berlin.start_of(date_of(days_of(date) + 1)) - berlin.start_of(date)) / kHour;
  };
  CHECK(hours({2026, 3, 29}) == 23);
  CHECK(hours({2026, 10, 25}) == 25);
  CHECK(hours({2026, 5, 4}) == 24);
}

TEST_CASE("a time that the clocks leap over is when they leap, one that they show twice the first") {
  CHECK(berlin.time({{2026, 3, 29}, 2, 30, 0}) == ns("2026-03-29T01:00:00Z"));
  CHECK(berlin.time({{2026, 10, 25}, 2, 30, 0}) == ns("2026-10-25T00:30:00Z"));
}

TEST_CASE("weeks begin on Mondays, by the clocks of the zone") {
  const Period week = around(ns("2026-05-10T22:30:00Z"), Step::week, berlin);
  CHECK(week.from == ns("2026-05-10T22:00:00Z"));
  CHECK(before(week, Step::week, berlin).from == ns("2026-05-03T22:00:00Z"));
  CHECK(behind(week, Step::week, berlin).from == week.to);
  CHECK(around(ns("2026-05-10T22:30:00Z"), Step::week, utc).from == ns("2026-05-04"));
  CHECK(around(ns("2026-12-15"), Step::month, utc).to == ns("2027-01-01"));
}

TEST_CASE("a period is read with both days included") {
  CHECK(period_of("2026-05-04..2026-05-10", utc) == Period{ns("2026-05-04"), ns("2026-05-11")});
  CHECK(period_of("2026-05-04", berlin) == Period{ns("2026-05-03T22:00:00Z"), ns("2026-05-04T22:00:00Z")});
  CHECK(period_of("2026-05-04T12:00..2026-05-04T18:30", utc) ==
        Period{ns("2026-05-04T12:00:00Z"), ns("2026-05-04T18:30:00Z")});
  for (const char* wrong :
       {"", "week", "2026-02-30", "2026-05-10..2026-05-04", "2026-05-04T25:00", "2026-5-4", "2026-05-04..x"})
    CHECK_THROWS(period_of(wrong, utc));
  CHECK_THROWS_WITH(Zone("Europe/Atlantis"), Catch::Contains("this is no time zone"));
}

TEST_CASE("periods have names for people") {
  CHECK(title_of(period_of("2026-05-04..2026-05-10", utc), utc) == "4 to 10 May 2026");
  CHECK(title_of(period_of("2026-04-27..2026-05-03", utc), utc) == "27 April to 3 May 2026");
  CHECK(title_of(period_of("2026-05-04", berlin), berlin) == "4 May 2026");
}

TEST_CASE("steps of a period, the last one cut") {
  const Period days = period_of("2026-05-04..2026-05-06", utc);
  CHECK(edges(days, Step::day, utc).size() == 4);
  CHECK(edges(days, Step::week, utc) == std::vector<std::int64_t>{days.from, days.to});
  CHECK(edges(period_of("2026-10-25", berlin), Step::hour, berlin).size() == 26);
}

TEST_CASE("a cron expression says when") {
  CHECK(due("0 7 * * mon", "2026-05-04T07:00:00Z") == "2026-05-11 07:00");
  CHECK(due("0 7 * * 1", "2026-05-04T06:59:59Z") == "2026-05-04 07:00");
  CHECK(due("*/20 8-9 * * *", "2026-05-04T08:20:00Z") == "2026-05-04 08:40");
  CHECK(due("0 0 1,15 * *", "2026-05-04") == "2026-05-15 00:00");
  CHECK(due("0 0 13 * fri", "2026-05-04") == "2026-05-08 00:00");  // one of the two days is enough
  CHECK(due("0 0 29 2 *", "2026-05-04") == "2028-02-29 00:00");
  CHECK(due("0 12 * * 7", "2026-05-04") == "2026-05-10 12:00");
  CHECK(due("@monthly", "2026-05-04") == "2026-06-01 00:00");
  CHECK(Cron("0 0 30 2 *").next(0, utc) == INT64_MAX);
}

TEST_CASE("a cron expression goes by the clocks of its zone") {
  CHECK(Cron("0 7 * * *").next(ns("2026-05-04T05:00:00Z"), berlin) == ns("2026-05-05T05:00:00Z"));
  CHECK(Cron("30 2 * * *").next(ns("2026-03-28T12:00:00Z"), berlin) == ns("2026-03-29T01:00:00Z"));
  // Shown twice, due once.
  const std::int64_t first = Cron("30 2 * * *").next(ns("2026-10-24T12:00:00Z"), berlin);
  CHECK(first == ns("2026-10-25T00:30:00Z"));
  CHECK(Cron("30 2 * * *").next(first, berlin) == ns("2026-10-26T01:30:00Z"));
}

TEST_CASE("what is no cron expression is told") {
  for (const char* wrong : {"", "0 7 * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8",
                            "5-1 * * * *", "*/0 * * * *", "x * * * *", "1,,x * * * *", "* * * * * *"})
    CHECK_THROWS(Cron(wrong));
}
