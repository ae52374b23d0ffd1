// The sample that ships with the project, through file, brand_text and keyphrases.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <map>
#include <string>

#include "../sample.hpp"

using namespace earshot::testing;
using namespace std::chrono_literals;

TEST_CASE("in the sample the phrases of the crisis are key on its day, and hardly any on the days before") {
  DetectorHarness h(loaded("keyphrases"));
  h.chunking({256, false});
  for (const TestPost& post : sample_with_mentions()) h.add(post);
  h.run();
  std::map<std::string, int> crisis, days;
  const earshot::Time begin = at("2026-11-06T00:00:00Z"), end = at("2026-11-08T00:00:00Z");
  int before = 0, of_metal = 0;
  for (const TestFinding& f : h.findings("keyphrase")) {
    const earshot::Time when = h.posts()[f.post].published;
    ++days[std::to_string((when - begin) / 24h)];
    before += when < begin ? 1 : 0;
    if (when < begin || when >= end) continue;
    ++crisis[f.subject + ": " + f.value];
    of_metal += f.value.find("metal") != std::string::npos || f.value.find("splinter") != std::string::npos ? 1 : 0;
  }
  std::string all;
  for (const auto& [phrase, n] : crisis) all += phrase + " " + std::to_string(n) + "\n";
  for (const auto& [day, n] : days) all += "day " + day + ": " + std::to_string(n) + "\n";
  INFO(all);
  CHECK(of_metal > 20);
  CHECK(before < 10);
}
