// The parts of the spike detector by themselves.
#include <catch2/catch.hpp>

#include "post/time.hpp"
#include "spike/shares.hpp"
#include "spike/spans.hpp"
#include "spike/subject.hpp"
#include "spike/summary.hpp"

using namespace earshot::spike;
using earshot::baseline::Calendar;

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

TEST_CASE("what came before in the hour does not count again") {
  Hashes hour, first, second;
  for (const std::uint64_t hash : {7, 3, 7, 9}) first.add(hash);
  CHECK(first.move_into(hour) == 3);
  for (const std::uint64_t hash : {9, 11}) second.add(hash);
  CHECK(second.move_into(hour) == 1);
  CHECK(hour.size() == 4);
}

TEST_CASE("a period is told as people tell it") {
  const Calendar utc;
  CHECK(period(at("2026-03-14T00:00:00Z"), at("2026-03-15T00:00:00Z"), utc) == "on 2026-03-14");
  CHECK(period(at("2026-03-14T00:00:00Z"), at("2026-03-16T00:00:00Z"), utc) == "from 2026-03-14 to 2026-03-15");
  CHECK(period(at("2026-03-14T08:00:00Z"), at("2026-03-14T11:00:00Z"), utc) == "from 2026-03-14 08:00 to 11:00 UTC");
  CHECK(period(at("2026-03-14T22:00:00Z"), at("2026-03-15T01:00:00Z"), utc) ==
        "from 2026-03-14 22:00 to 2026-03-15 01:00 UTC");
  const Calendar berlin("Europe/Berlin");
  CHECK(period(at("2026-03-13T23:00:00Z"), at("2026-03-14T23:00:00Z"), berlin) == "on 2026-03-14");
  CHECK(period(at("2026-07-14T08:00:00Z"), at("2026-07-14T11:00:00Z"), berlin) ==
        "from 2026-07-14 10:00 to 13:00 Europe/Berlin");
}

TEST_CASE("an alert says what was measured in the words of that") {
  ear_alert figures = earshot::make_alert("spike", "acme");
  figures.observed = 143, figures.expected = 31.2, figures.lower = 17.6, figures.upper = 46.1;
  CHECK(summary({"acme", "mention", "spike", Measure::posts}, "on 2026-03-14", figures) ==
        "acme: 143 mentions on 2026-03-14, 31 expected (18 to 46)");
  CHECK(summary({"acme", "mention", "spike", Measure::authors}, "on 2026-03-14", figures) ==
        "acme: 143 mentions by different authors on 2026-03-14, 31 expected (18 to 46)");
  figures.observed = 0;
  CHECK(summary({"acme", "mention", "silence", Measure::posts}, "on 2026-03-14", figures) ==
        "acme: no mention on 2026-03-14, 31 expected (18 to 46)");
  figures.observed = 0.25, figures.expected = 0.5, figures.lower = 0.4, figures.upper = 0.6;
  CHECK(summary({"acme", "mention", "sentiment_down", Measure::sentiment}, "on 2026-03-14", figures) ==
        "acme: sentiment (0 to 1) 0.25 on 2026-03-14, 0.50 expected (0.40 to 0.60)");
}

TEST_CASE("an alert is the more severe the rarer it is beside the budget") {
  CHECK(severity(1, 1) == 3);
  CHECK(severity(0.1, 1) == 5);
  CHECK(severity(0.01, 0.1) == 5);
  CHECK(severity(0, 1) == 10);
  CHECK(severity(5, 1) == 3);
}

TEST_CASE("what is usual of a count is never below nothing, and wider above") {
  const Interval many = usual(100, 100, true), few = usual(3, 4, true), value = usual(0.5, 0.01, false);
  CHECK(many.lower == Approx(81).margin(1));
  CHECK(many.upper == Approx(121).margin(1));
  CHECK(few.lower > 0);
  CHECK(few.lower < 1);
  CHECK(few.upper == Approx(7.9).margin(0.5));
  CHECK(value.lower == Approx(0.3));
  CHECK(value.upper == Approx(0.7));
}

TEST_CASE("a subject knows which part of its posts each source brings") {
  Shares shares, newer;
  CHECK(shares.of({source_id("feed")}) == 0);  // nothing is known
  shares.add(source_id("feed"), 3);
  shares.add(source_id("web"), 1);
  CHECK(shares.of({}) == 0);
  CHECK(shares.of({source_id("feed")}) == Approx(0.75));
  CHECK(shares.of({kAll}) == 1);
  newer.add(source_id("web"), 2);
  shares.add(newer, 0.5);
  CHECK(shares.of({source_id("feed")}) == Approx(1.5 / 4));
  shares.remove(source_id("feed"));
  CHECK(shares.of({source_id("feed")}) == 0);
}
