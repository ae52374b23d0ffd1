// What is key for a subject, and when.
#include "keyphrases/keyphrases.hpp"

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <random>
#include <set>
#include <string>

using earshot::keyphrases::Keyphrases;
using earshot::testing::at;
using earshot::testing::DetectorHarness;
using earshot::testing::for_each_chunking;
using earshot::testing::Harness;
using namespace std::chrono_literals;

namespace {

constexpr const char* kUsual[] = {"fresh taste and cold water",   "the price at the station went up",
                                  "my favourite summer drink",    "lemon flavour is sold out again",
                                  "picnic with friends in town",  "new label looks rather plain",
                                  "bought two cans for the trip", "deposit on bottles is annoying"};

earshot::testing::TestPost& say(DetectorHarness& h, const std::string& text, earshot::Time when, int author,
                                const std::string& subject = "acme") {
  earshot::testing::TestFinding mention;
  mention.kind = "mention", mention.subject = subject, mention.segment = 0, mention.begin = 0, mention.end = 4;
  return h.post("Acme " + text).at(when).by("author" + std::to_string(author)).found(mention);
}

// Ten days of what is usually said, and the time behind them.
earshot::Time usual(DetectorHarness& h, int days = 10, int a_day = 24, const std::string& subject = "acme") {
  const earshot::Time start = at("2026-03-02T00:00:00Z");
  std::mt19937_64 random(5);
  for (int i = 0; i < days * a_day; ++i)
    say(h, std::string(kUsual[random() % 8]) + ", " + kUsual[random() % 8],
        start + i * (std::chrono::nanoseconds(24h) / a_day), i, subject);
  return start + days * 24h;
}

std::set<std::string> keys(const DetectorHarness& h) {
  std::set<std::string> all;
  for (const auto& f : h.findings("keyphrase")) all.insert(f.subject + ": " + f.value);
  return all;
}

}  // namespace

TEST_CASE("what is newly said is key on the posts behind it, with its bytes and its longest form") {
  Harness<Keyphrases> h;
  const earshot::Time then = usual(h);
  h.run();
  CHECK(keys(h).empty());
  for (int i = 0; i < 12; ++i) say(h, "has metal splinters in it", then + i * 10min, 1000 + i);
  h.run();
  CHECK(keys(h) == std::set<std::string>{"acme: metal splinters"});
  const auto f = h.findings("keyphrase").back();
  CHECK(f.text == "metal splinters");
  CHECK(f.score > 0.2);
}

TEST_CASE("what is said as often as ever is not key, nor what is new with another subject") {
  Harness<Keyphrases> h;
  const earshot::Time then = usual(h);
  usual(h, 10, 24, "rival");
  for (int i = 0; i < 12; ++i) say(h, "has metal splinters in it", then + i * 10min, 1000 + i);
  for (int i = 0; i < 12; ++i) say(h, "has metal splinters in it", then + i * 10min + 1s, 2000 + i, "other");
  h.run();
  for (const std::string& key : keys(h)) CHECK(key == "acme: metal splinters");
}

TEST_CASE("what goes on for long is the new usual") {
  Harness<Keyphrases> h{{"lately", "6h"}, {"before", "4d"}};
  const earshot::Time then = usual(h);
  for (int i = 0; i < 24 * 12; ++i)
    say(h, i % 3 != 0 ? "has metal splinters in it" : kUsual[i % 8], then + i * 30min, 1000 + i);
  h.run();
  const auto found = h.findings("keyphrase");
  REQUIRE_FALSE(found.empty());
  CHECK(h.posts()[found.back().post].published < then + 5 * 24h);
}

TEST_CASE("one author alone makes nothing key in a grain, however much he writes") {
  Harness<Keyphrases> h;
  const earshot::Time then = usual(h);
  for (int i = 0; i < 500; ++i) say(h, "has metal splinters in it", then + i * 1s, 7777);
  say(h, "has metal splinters in it", then + 1h, 8888);
  h.run();
  CHECK(keys(h).empty());
}

TEST_CASE("hashtags and other scripts are key as well") {
  Harness<Keyphrases> h;
  const earshot::Time then = usual(h);
  for (int i = 0; i < 12; ++i) say(h, "#CansGate 缶に金属片が入っていた", then + i * 10min, 1000 + i);
  h.run();
  CHECK(keys(h).contains("acme: #cansgate"));
  bool is_japanese = false;
  for (const std::string& key : keys(h)) is_japanese |= key.find("金属") != std::string::npos;
  CHECK(is_japanese);
}

TEST_CASE("a post that mentions nobody, is gone or comes late changes nothing") {
  Harness<Keyphrases> h;
  const earshot::Time then = usual(h);
  for (int i = 0; i < 30; ++i) h.post("metal splinters everywhere").at(then + i * 1s).by("a" + std::to_string(i));
  for (int i = 0; i < 30; ++i) say(h, "has metal splinters in it", then + i * 1s, i).deleted();
  h.post("later").at(then + 2h);
  for (int i = 0; i < 30; ++i) say(h, "has metal splinters in it", then + i * 1s, 5000 + i);
  say(h, "has metal splinters in it", then + 3h, 1);
  h.run();
  CHECK(keys(h).empty());
}

TEST_CASE("the same posts give the same findings however they are cut, saved and loaded") {
  CHECK_NOTHROW(for_each_chunking<Keyphrases>({{"phrases", 256}}, [](DetectorHarness& h) {
    const earshot::Time then = usual(h, 4);
    for (int i = 0; i < 40; ++i)
      say(h, i % 3 == 0 ? kUsual[i % 8] : "has metal splinters in it", then + i * 7min, 1000 + i,
          i % 5 == 0 ? "rival" : "acme");
    h.end();
    CHECK(h.findings().size() > 3);
  }));
}

TEST_CASE("the order of posts within a grain makes no difference") {
  const auto answers = [](bool turned) {
    Harness<Keyphrases> h;
    const earshot::Time then = usual(h);
    for (int g = 0; g < 8; ++g)
      for (int i = 0; i < 4; ++i) {
        const int n = turned ? 3 - i : i;
        say(h, n % 2 == 0 ? "has metal splinters in it" : kUsual[n], then + g * 15min + n * 1min, g * 10 + n)
            .with_id("x" + std::to_string(g * 10 + n));
      }
    h.lateness(10min);
    h.run();
    return keys(h);
  };
  CHECK(answers(false) == answers(true));
}

TEST_CASE("what is said in a grain is key on the first post that is `wait` behind it") {
  const auto wait = GENERATE(0, 5);
  Harness<Keyphrases> h{{"wait", std::to_string(wait) + "m"}};
  const earshot::Time then = usual(h);
  for (int i = 0; i < 9; ++i) say(h, "has metal splinters in it", then + i * 1min, 1000 + i);
  say(h, "has metal splinters in it", then + (14 + wait) * 1min, 2000).with_id("before");
  say(h, "has metal splinters in it", then + (15 + wait) * 1min, 2001).with_id("behind");
  h.run();
  REQUIRE(h.findings("keyphrase").size() == 1);
  CHECK(h.findings("keyphrase")[0].id == "behind");
}

TEST_CASE("posts of a grain count as long as no post has come that is `wait` behind it") {
  const auto [wait, found] = GENERATE(table<const char*, std::size_t>({{"1h", 1}, {"5m", 0}}));
  Harness<Keyphrases> h{{"wait", wait}};
  const earshot::Time then = usual(h);
  say(h, "has a new label", then + 40min, 900);
  for (int i = 0; i < 9; ++i) say(h, "has metal splinters in it", then + i * 1min, 1000 + i);
  say(h, "has metal splinters in it", then + 2h, 2001);
  h.run();
  CHECK(h.findings("keyphrase").size() == found);
}

TEST_CASE("an author who was erased is in no state any more") {
  Harness<Keyphrases> h;
  say(h, "has metal splinters in it", at("2026-03-02T00:00:00Z"), 7);
  h.run();
  const auto before = h.save();
  h.erase("test", "author7");
  CHECK(h.save() != before);
}

TEST_CASE("options that leave nothing to compare are refused") {
  const auto started = [](earshot::testing::Setting a, earshot::testing::Setting b) {
    Harness<Keyphrases> h{a, b};
    h.post("x");
    h.run();
  };
  CHECK_THROWS_WITH(started({"lately", "1m"}, {"grain", "1h"}), Catch::Contains("lately") || Catch::Contains("grain"));
  CHECK_THROWS_WITH(started({"before", "1d"}, {"lately", "1d"}), Catch::Contains("compare"));
}
