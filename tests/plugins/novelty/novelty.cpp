// What is new of a subject, and when it is told.
#include "novelty/novelty.hpp"

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <random>
#include <string>

using earshot::novelty::Novelty;
using earshot::testing::at;
using earshot::testing::DetectorHarness;
using earshot::testing::for_each_chunking;
using earshot::testing::Harness;
using earshot::testing::TestAlert;
using namespace std::chrono_literals;

namespace {

constexpr const char* kUsual[] = {"fresh taste and cold water",   "the price at the station went up",
                                  "my favourite summer drink",    "lemon flavour is sold out again",
                                  "picnic with friends in town",  "new label looks rather plain",
                                  "bought two cans for the trip", "deposit on bottles is annoying"};
constexpr const char* kOwn[] = {"honestly",  "yesterday", "guess what", "my sister says", "breaking",
                                "seriously", "oh dear",   "look here",  "no joke",        "told you"};

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
    say(h, std::string(kOwn[random() % 10]) + ", " + kUsual[random() % 8] + ", " + kUsual[random() % 8],
        start + i * (std::chrono::nanoseconds(24h) / a_day), i, subject);
  return start + days * 24h;
}

// Each in words of their own.
void news(DetectorHarness& h, const std::string& what, earshot::Time then, int count,
          const std::string& subject = "acme", int first = 1000) {
  for (int i = 0; i < count; ++i)
    say(h, std::string(kOwn[i % 10]) + ", there were " + what + " " + kUsual[i / 2 % 8], then + i * 10min, first + i,
        subject);
}

std::string attribute(const TestAlert& alert, std::string_view name) {
  for (const auto& a : alert.attributes)
    if (a.key == name) return a.text;
  return {};
}

}  // namespace

TEST_CASE("a phrase that several say for the first time is one alert, with its longest form and who said it") {
  Harness<Novelty> h;
  const earshot::Time then = usual(h);
  h.run();
  CHECK(h.alerts().empty());
  news(h, "metal splinters in it", then, 12);
  h.advance(then + 4h);
  REQUIRE(h.alerts().size() == 1);
  const TestAlert alert = h.alerts()[0];
  CHECK(alert.kind == "novelty");
  CHECK(alert.subject == "acme");
  CHECK(attribute(alert, "what") == "phrase");
  CHECK(attribute(alert, "value") == "metal splinters");
  CHECK(alert.start == then);
  CHECK(alert.observed == 11);  // of 12: it is said again when a quarter more have come
  CHECK(alert.expected < 1);
  CHECK(alert.severity >= 3);
  CHECK(alert.state == EAR_ALERT_OPEN);
  CHECK(alert.summary ==
        "acme: new phrase \"metal splinters\" in 11 posts by 11 authors from 2026-03-12 00:00 to 01:40 UTC");
  CHECK(alert.evidence.size() == 5);
}

TEST_CASE("the alert is over when nobody says it any more, and the same is not new again") {
  Harness<Novelty> h;
  const earshot::Time then = usual(h);
  news(h, "metal splinters in it", then, 12);
  h.advance(then + 30h);
  REQUIRE(h.alerts().size() == 1);
  CHECK(h.alerts()[0].state == EAR_ALERT_CLOSED);
  news(h, "metal splinters in it", then + 72h, 12, "acme", 2000);
  h.advance(then + 80h);
  CHECK(h.alerts().size() == 1);
}

TEST_CASE("copies of one post and one author alone make nothing new") {
  Harness<Novelty> h;
  const earshot::Time then = usual(h);
  for (int i = 0; i < 50; ++i) say(h, "contains metal splinters, share this", then + i * 1min, 1000 + i);
  for (int i = 0; i < 50; ++i)
    say(h, std::string("has glass shards ") + kOwn[i % 10] + " " + kUsual[i % 8], then + i * 1min + 1s, 7777);
  for (int i = 0; i < 50; ++i)
    say(h, std::string("has wasp larvae ") + kOwn[i % 10] + " " + kUsual[i % 8], then + i * 1min + 2s, 3000 + i)
        .found("duplicate", "", 1, "test/1");
  h.advance(then + 10h);
  CHECK(h.alerts().empty());
}

TEST_CASE("what is new with one subject says nothing of another, and what was said before is not new") {
  Harness<Novelty> h;
  h.lateness(15 * 24h);
  const earshot::Time then = usual(h);
  usual(h, 10, 24, "rival");
  news(h, "metal splinters in it", then, 12, "rival");
  for (int i = 0; i < 30; ++i) say(h, std::string(kOwn[i % 10]) + " lemon flavour", then + i * 5min + 1s, 4000 + i);
  h.advance(then + 6h);
  REQUIRE(h.alerts().size() == 1);
  CHECK(h.alerts()[0].subject == "rival");
}

TEST_CASE("nothing is new while a subject is got to know") {
  Harness<Novelty> h;
  const earshot::Time then = usual(h, 3);
  news(h, "metal splinters in it", then, 12);
  h.advance(then + 10h);
  CHECK(h.alerts().empty());
}

TEST_CASE(
    "hashtags, links, names, places and languages are new as well, and are told together where they come together") {
  Harness<Novelty> h;
  const earshot::Time then = usual(h);
  for (int i = 0; i < 12; ++i) {
    auto& post = say(h,
                     std::string(kOwn[i % 10]) + ", #CansGate https://leak.example/files?x=" + std::to_string(i) + " " +
                         kUsual[i / 2 % 8],
                     then + i * 10min, 1000 + i);
    post.found("language", "", 1, "cs").found("place", "", 1, "CZ").found("entity", "", 1, "Jane Roe");
  }
  h.advance(then + 4h);
  REQUIRE(h.alerts().size() == 1);
  const TestAlert alert = h.alerts()[0];
  std::set<std::string> all{attribute(alert, "what")};
  for (const auto& a : alert.attributes)
    if (a.key == "also")
      for (const auto& one : a.items)
        for (const auto& field : one.items)
          if (field.key == "what") all.insert(field.text);
  CHECK(all == std::set<std::string>{"hashtag", "link", "name", "place", "language"});
}

TEST_CASE("an author of reach who speaks for the first time is told at once, a regular is not") {
  Harness<Novelty> h{{"kinds", "[author]"}, {"cooldown", "0s"}};
  const earshot::Time then = usual(h);
  say(h, "is what I drink", then, 1).followers = 5'000'000;  // author1 spoke before, with nobody listening
  say(h, "is not what I drink", then + 1min, 9000).followers = 5'000'000;
  say(h, "is what nobody drinks", then + 2min, 9001).followers = 50;
  h.advance(then + 1h);
  REQUIRE(h.alerts().size() == 2);
  CHECK(h.alerts()[1].severity >= 7);
  CHECK(attribute(h.alerts()[1], "value") == "test/author9000");
}

TEST_CASE("a day has its budget, the most surprising first, and a cool-down between two") {
  Harness<Novelty> h{{"budget", 2}, {"cooldown", "0s"}};
  h.lateness(24h);
  const earshot::Time then = usual(h);
  news(h, "metal splinters in it", then, 30, "acme", 1000);
  news(h, "wasp larvae in it", then, 8, "acme", 2000);
  news(h, "glass shards in it", then, 18, "acme", 3000);
  h.advance(then + 6h);
  std::set<std::string> told;
  for (const TestAlert& alert : h.alerts()) told.insert(attribute(alert, "value"));
  CHECK(told.size() == 2);
  CHECK(told.contains("metal splinters"));
  CHECK(told.contains("glass shards"));
}

TEST_CASE("what everybody says of everything is no news of one") {
  Harness<Novelty> h;
  h.lateness(15 * 24h);
  const earshot::Time then = usual(h, 10, 8);
  usual(h, 10, 200, "rival");
  for (int i = 0; i < 400; ++i)
    say(h, std::string("good morning ") + kOwn[i % 10] + " " + kUsual[i / 3 % 8], then - 8h + i * 1min, 5000 + i,
        "rival");
  for (int i = 0; i < 6; ++i) say(h, std::string("good morning ") + kOwn[i] + " " + kUsual[i], then + i * 1h, 8000 + i);
  h.advance(then + 12h);
  for (const TestAlert& alert : h.alerts()) CHECK(alert.subject == "rival");
}

TEST_CASE("late, gone and edited posts change nothing") {
  Harness<Novelty> h;
  const earshot::Time then = usual(h);
  h.run();
  const auto count = h.posts().size();
  news(h, "metal splinters in it", then, 12);
  for (std::size_t i = count; i < h.posts().size(); ++i) const_cast<earshot::testing::TestPost&>(h.posts()[i]).edited();
  h.advance(then + 4h);
  CHECK(h.alerts().empty());
}

TEST_CASE("the same posts give the same alerts however they are cut, saved and loaded") {
  CHECK_NOTHROW(for_each_chunking<Novelty>({{"memory", "64KiB"}, {"most", 100}}, [](DetectorHarness& h) {
    const earshot::Time then = usual(h, 8, 24);
    news(h, "metal splinters in it #CansGate", then, 12);
    news(h, "glass shards in it", then + 3h, 9, "acme", 3000);
    h.advance(then + 40h);
    h.end();
    CHECK(h.alerts().size() >= 2);
  }));
}

TEST_CASE("an author who is erased is in no evidence of what is told later") {
  Harness<Novelty> h;
  const earshot::Time then = usual(h);
  news(h, "metal splinters in it", then, 12);
  h.advance(then + 4h);
  h.erase("test", "author1003");
  news(h, "metal splinters in it", then + 4h, 12, "acme", 2000);
  h.advance(then + 8h);
  const TestAlert last = h.alerts().back();
  for (const auto& e : last.evidence) CHECK(e.author != "author1003");
}

TEST_CASE("options that cannot be met are refused") {
  const auto started = [](earshot::testing::Setting a, earshot::testing::Setting b) {
    Harness<Novelty> h{a, b};
    h.post("x");
    h.run();
  };
  CHECK_THROWS_WITH(started({"posts", 3}, {"authors", 4}), Catch::Contains("authors"));
  CHECK_THROWS_WITH(started({"grain", "2h"}, {"within", "1h"}), Catch::Contains("longer than"));
}
