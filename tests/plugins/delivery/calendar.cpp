// Times of day in a time zone.
#include "delivery/calendar.hpp"

#include <catch2/catch.hpp>

#include "earshot/testing.hpp"

using namespace earshot::delivery;
using Catch::Contains;

namespace {

ear_time at(std::string_view text) {
  return earshot::ticks(earshot::testing::at(text));
}

}  // namespace

TEST_CASE("quiet hours over midnight hold until the morning") {
  const Zone zone("UTC");
  const Stretches quiet({"22:00-07:00"});
  CHECK(quiet.end_of(at("2026-03-10T23:15:00Z"), zone) == at("2026-03-11T07:00:00Z"));
  CHECK(quiet.end_of(at("2026-03-11T06:59:59Z"), zone) == at("2026-03-11T07:00:00Z"));
  CHECK(quiet.end_of(at("2026-03-10T22:00:00Z"), zone) == at("2026-03-11T07:00:00Z"));
  CHECK_FALSE(quiet.end_of(at("2026-03-11T07:00:00Z"), zone));
  CHECK_FALSE(quiet.end_of(at("2026-03-11T21:59:59Z"), zone));
}

TEST_CASE("stretches that follow each other are one: a weekend") {
  const Zone zone("UTC");
  const Stretches quiet({"mon-fri 20:00-08:00", "sat,sun 00:00-24:00"});
  // Friday evening to Monday morning; the night from Sunday to Monday is no stretch of its own.
  CHECK(quiet.end_of(at("2026-03-13T21:00:00Z"), zone) == at("2026-03-16T00:00:00Z"));
  CHECK(quiet.end_of(at("2026-03-16T21:00:00Z"), zone) == at("2026-03-17T08:00:00Z"));
}

TEST_CASE("hours are those of the zone, before and after its clocks are changed") {
  const Zone berlin("Europe/Berlin");
  const Stretches quiet({"22:00-07:00"});
  CHECK(quiet.end_of(at("2026-03-28T22:30:00Z"), berlin) == at("2026-03-29T05:00:00Z"));  // the hour that is skipped
  CHECK(quiet.end_of(at("2026-10-24T21:30:00Z"), berlin) == at("2026-10-25T06:00:00Z"));  // the hour that comes twice
  CHECK(berlin.text(at("2026-07-01T10:00:00Z")) == "2026-07-01 12:00 +02:00");
  CHECK(Zone("UTC").text(at("2026-07-01T10:00:00Z")) == "2026-07-01 10:00 UTC");
}

TEST_CASE("quiet all week long ends somewhere") {
  const auto end = Stretches({"00:00-24:00"}).end_of(at("2026-03-10T12:00:00Z"), Zone("UTC"));
  REQUIRE(end);
  CHECK(*end <= at("2026-03-20T00:00:00Z"));
}

TEST_CASE("the next moment is after the time that is asked about") {
  const Zone zone("UTC");
  const Moments daily({"08:30", "17:00"}), weekly({"mon 08:00"});
  CHECK(daily.next(at("2026-03-10T08:29:59Z"), zone) == at("2026-03-10T08:30:00Z"));
  CHECK(daily.next(at("2026-03-10T08:30:00Z"), zone) == at("2026-03-10T17:00:00Z"));
  CHECK(daily.next(at("2026-03-10T17:00:00Z"), zone) == at("2026-03-11T08:30:00Z"));
  CHECK(weekly.next(at("2026-03-10T00:00:00Z"), zone) == at("2026-03-16T08:00:00Z"));  // a Tuesday
  CHECK(weekly.next(at("2026-03-16T08:00:00Z"), zone) == at("2026-03-23T08:00:00Z"));
  CHECK(Moments({}).next(0, zone) == EAR_TIME_END);
}

TEST_CASE("what is no time of day is refused with how to write one") {
  for (const char* text :
       {"", "22-7", "25:00-07:00", "22:00", "22:00-22:00", "22:60-07:00", "xyz 22:00-07:00", "24:00-07:00"})
    CHECK_THROWS_WITH(Stretches({text}), Contains("22:00-07:00"));
  for (const char* text : {"", "8:30", "24:00", "08:30:00", "someday 08:30"})
    CHECK_THROWS_WITH(Moments({text}), Contains("08:30"));
  CHECK_THROWS_WITH(Zone("Europe/Atlantis"), Contains("Europe/Berlin"));
}
