#include "config/units.hpp"

#include <catch2/catch.hpp>

#include "config/option_value.hpp"
#include "fakes.hpp"

using namespace earshot::host;
using namespace earshot::host::testing;

TEST_CASE("Durations are numbers with units, the larger first") {
  constexpr std::int64_t second = 1'000'000'000;
  CHECK(read_duration("5m") == 300 * second);
  CHECK(read_duration("1h30m") == 5400 * second);
  CHECK(read_duration("250ms") == second / 4);
  CHECK(read_duration("7d") == 604'800 * second);
  CHECK(read_duration("1.5s") == second * 3 / 2);
  CHECK(read_duration("0") == 0);
  for (const char* bad : {"", "5", "m", "5 m", "-5m", "5m1h", "5m5m", "5x", "1.m", "99999999w", "1e3s"}) {
    INFO(bad);
    CHECK_FALSE(read_duration(bad));
  }
  CHECK(duration_text(5400 * second) == "1h30m");
  CHECK(duration_text(0) == "0");
}

TEST_CASE("Sizes are numbers with units by 1000 or by 1024") {
  CHECK(read_size("64MiB") == 64 << 20);
  CHECK(read_size("10kB") == 10'000);
  CHECK(read_size("1.5KiB") == 1536);
  CHECK(read_size("12 B") == 12);
  for (const char* bad : {"", "64", "64mb", "MiB", "-1B", "99999999999TiB", "1B1B"}) {
    INFO(bad);
    CHECK_FALSE(read_size(bad));
  }
}

TEST_CASE("Times are RFC 3339, or a day") {
  constexpr std::int64_t second = 1'000'000'000;
  CHECK(read_time("1970-01-02") == 86'400 * second);
  CHECK(read_time("1970-01-01T01:00:00.5+01:00") == second / 2);
  CHECK(read_time("2026-03-01T12:00:00Z") == 1'772'366'400 * second);
  for (const char* bad : {"", "2026", "2026-02-30", "2026-03-01T25:00:00Z", "2026-03-01T12:00:00", "9999-01-01",
                          "2026-03-01T12:00:00+1", "2026-03-01T12:00:00.Z"}) {
    INFO(bad);
    CHECK_FALSE(read_time(bad));
  }
}

TEST_CASE("A text is typed by an option's schema") {
  std::string complaint;
  CHECK(option_value(option("n", EAR_INTEGER), "12", complaint)->integer == 12);
  CHECK(option_value(option("r", EAR_REAL), "1e3", complaint)->real == 1000);
  CHECK(option_value(option("b", EAR_BOOLEAN), "no", complaint)->integer == 0);
  const auto choice = option_value(of(option("c", EAR_CHOICE), 0, {"fast", "exact"}), "exact", complaint);
  CHECK(choice->text == "exact");
  CHECK(choice->integer == 1);
  const auto list = option_value(of(option("l", EAR_LIST), EAR_INTEGER), "1,2", complaint);
  REQUIRE(list->items.size() == 2);
  CHECK(list->items[1].integer == 2);
  const auto map = option_value(of(option("m", EAR_MAP), EAR_TEXT), "a=1,b=2=3", complaint);
  REQUIRE(map->items.size() == 2);
  CHECK(map->items[1].key == "b");
  CHECK(map->items[1].text == "2=3");
  CHECK(complaint.empty());
}

TEST_CASE("What does not fit is told without being repeated") {
  std::string complaint;
  CHECK_FALSE(option_value(option("n", EAR_INTEGER), "hunter2", complaint));
  CHECK(complaint == "is not a whole number; write one as 10");
  CHECK_FALSE(option_value(bounded(option("d", EAR_DURATION), 1, 60), "2m", complaint));
  CHECK(complaint == "is out of bounds; from 1s to 1m is allowed");
}

TEST_CASE("Bounds that leave the top open have no top") {
  std::string complaint;
  CHECK(option_value(bounded(option("n", EAR_INTEGER), 1, 0), "1000", complaint));
  CHECK_FALSE(option_value(bounded(option("n", EAR_INTEGER), 1, 0), "0", complaint));
  CHECK(complaint == "is too small; at least 1 is allowed");
}

TEST_CASE("A default is YAML") {
  std::string complaint;
  CHECK(option_default(option("t", EAR_TEXT, "\"a: b\""), complaint)->text == "a: b");
  CHECK(option_default(of(option("l", EAR_LIST, "[a, 'b, c']"), EAR_TEXT), complaint)->items[1].text == "b, c");
  CHECK(option_default(option("t", EAR_TEXT), complaint)->type == EAR_UNSET);
  CHECK_FALSE(option_default(option("n", EAR_INTEGER, "many"), complaint));
}
