#include "observe/health.hpp"

#include <catch2/catch.hpp>

using namespace earshot::host;
using namespace std::chrono_literals;

namespace {

struct Fixture {
  Health::Time time{1h};
  Health health{60s, [this] { return time; }};

  std::string text() { return Health::json(health.troubles()); }
};

}  // namespace

TEST_CASE("idle is healthy, however long") {
  Fixture f;
  const auto store = f.health.watch("store");
  f.time += 10h;
  CHECK(f.text() == R"({"status":"ok"})");
}

TEST_CASE("pending work without progress is unhealthy, and the component is named") {
  Fixture f;
  const auto store = f.health.watch("store"), other = f.health.watch("other");
  store->pending(12, f.time);
  f.time += 60s;
  CHECK(f.health.troubles().empty());
  f.time += 13s;
  CHECK(f.text() ==
        R"({"status":"unhealthy","troubles":[{"component":"store","reason":"no progress for 73 s with 12 pending"}]})");
  store->progress(f.time);
  CHECK(f.health.troubles().empty());
}

TEST_CASE("time without progress begins with the first work that waits, not with the last done") {
  Fixture f;
  const auto store = f.health.watch("store");
  f.time += 10h;
  store->pending(1, f.time);
  CHECK(f.health.troubles().empty());
  f.time += 50s;
  store->pending(2, f.time);  // more to do is no progress
  f.time += 50s;
  CHECK(f.health.troubles().size() == 1);
  store->pending(0, f.time);
  CHECK(f.health.troubles().empty());
}

TEST_CASE("a reason given by hand stays until it is cleared") {
  Fixture f;
  f.health.trouble("fediverse", "stopped: auth");
  REQUIRE(f.health.troubles().size() == 1);
  CHECK(f.health.troubles()[0].component == "fediverse");
  CHECK(f.health.troubles()[0].reason == "stopped: auth");
  f.health.clear("another");
  CHECK(f.health.troubles().size() == 1);
  f.health.clear("fediverse");
  CHECK(f.health.troubles().empty());
}

TEST_CASE("a component that nobody holds is forgotten") {
  Fixture f;
  auto store = f.health.watch("store");
  store->pending(1, f.time);
  f.time += 10min;
  CHECK(f.health.troubles().size() == 1);
  store.reset();
  CHECK(f.health.troubles().empty());
}
