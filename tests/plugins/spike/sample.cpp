// The sample that ships with the project, through file, brand_text and spike as the demo has them.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../sample.hpp"

using namespace earshot::testing;
using namespace std::chrono_literals;

TEST_CASE("the crisis and the quiet day of the sample are found, and nothing else") {
  const auto lateness = GENERATE(values<earshot::Duration>({0s, 1h}));
  const std::string window = GENERATE(as<std::string>(), "5m", "1h", "1d");
  DetectorHarness spikes(loaded("spike"), {{"window", window}, {"one_alert_in", "180d"}});
  spikes.lateness(lateness);
  spikes.chunking({256, false});
  for (const TestPost& post : sample_with_mentions()) spikes.add(post);
  spikes.end();
  std::string all;
  for (const TestAlert& alert : spikes.alerts()) all += describe(alert) + "\n";
  INFO(all);
  REQUIRE(spikes.alerts().size() == 2);
  const TestAlert drop = spikes.alerts()[0], crisis = spikes.alerts()[1];
  CHECK(crisis.kind == "spike");
  CHECK(crisis.subject == "tavorelle");
  CHECK(crisis.start >= at("2026-11-06T00:00:00Z"));
  CHECK(crisis.end <= at("2026-11-08T00:00:00Z"));
  CHECK(crisis.observed > 3 * crisis.expected);
  CHECK((drop.kind == "drop" || drop.kind == "silence"));
  CHECK(drop.subject == "mareval");
  CHECK(drop.start <= at("2026-11-11T12:00:00Z"));
  CHECK(drop.end >= at("2026-11-11T23:00:00Z"));
}
