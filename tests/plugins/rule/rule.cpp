// Alerts by query and threshold.
#include "rule/rule.hpp"

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <string>

using earshot::rule::Rule;
using earshot::testing::at;
using earshot::testing::DetectorHarness;
using earshot::testing::for_each_chunking;
using earshot::testing::Harness;
using earshot::testing::Setting;
using earshot::testing::TestAlert;
using earshot::testing::TestPost;
using namespace std::chrono_literals;

namespace {

const earshot::Time kStart = at("2026-03-14T08:00:00Z");

TestPost& complaint(DetectorHarness& h, std::chrono::minutes after, const std::string& author,
                    const std::string& subject = "acme", const std::string& text = "the charger is broken") {
  const std::size_t number = h.posts().size();
  return h.post(text + " " + std::string(1, static_cast<char>('a' + number % 26)) + std::to_string(number))
      .at(kStart + after)
      .by(author)
      .found("mention", subject)
      .found("intent", subject, 0.9, "complains");
}

std::string attribute(const TestAlert& alert, std::string_view name) {
  for (const auto& a : alert.attributes)
    if (a.key == name) return a.text;
  return {};
}

}  // namespace

TEST_CASE("three complaints in an hour from distinct authors are an alert, and it grows") {
  Harness<Rule> h{{"where", "intent:complains"}, {"count", 3}, {"within", "1h"}, {"distinct", "authors"}};
  complaint(h, 0min, "ana"), complaint(h, 10min, "ben"), complaint(h, 20min, "ben");
  h.run();
  CHECK(h.alerts().empty());
  complaint(h, 30min, "cem");
  h.run();
  REQUIRE(h.alerts().size() == 1);
  complaint(h, 50min, "dan");
  h.run();
  REQUIRE(h.alerts().size() == 1);
  const TestAlert alert = h.alerts()[0];
  CHECK(alert.kind == "rule");
  CHECK(alert.subject == "acme");
  CHECK(alert.start == kStart);
  CHECK(alert.end == kStart + 50min);
  CHECK(alert.observed == 4);  // authors
  CHECK(alert.severity == 5);
  CHECK(alert.evidence.size() == 5);
  CHECK(alert.summary ==
        "acme: 5 posts by 4 authors within 1h, from 2026-03-14 08:00 to 08:50 UTC, mostly \"charger is broken\" (100 "
        "%) and one "
        "author");
}

TEST_CASE("what goes on for longer than the time is not said to be within it") {
  Harness<Rule> h{{"where", "intent:complains"}, {"count", 2}, {"within", "1h"}};
  for (int i = 0; i < 6; ++i) complaint(h, 30min * i, "a" + std::to_string(i));
  h.run();
  REQUIRE(h.alerts().size() == 1);
  CHECK_THAT(std::string(h.alerts()[0].summary),
             !Catch::Contains("within") && Catch::Contains("authors, from 2026-03-14"));
}

TEST_CASE("too few in the time, or of one author, are none") {
  Harness<Rule> h{{"where", "intent:complains"}, {"count", 3}, {"within", "1h"}, {"distinct", "authors"}};
  for (int i = 0; i < 20; ++i) complaint(h, 40min * i, "a" + std::to_string(i));
  for (int i = 0; i < 20; ++i) complaint(h, 1min * i + 24h, "ana");
  h.end();
  CHECK(h.alerts().empty());
}

TEST_CASE("an alert is over when nothing comes for as long, and none is raised in the cool-down") {
  Harness<Rule> h{{"where", "intent:complains"}, {"count", 2}, {"within", "30m"}, {"cooldown", "3h"}};
  complaint(h, 0min, "ana"), complaint(h, 5min, "ben");
  h.advance(kStart + 36min);
  REQUIRE(h.alerts().size() == 1);
  CHECK(h.alerts()[0].state == EAR_ALERT_CLOSED);
  complaint(h, 100min, "ana"), complaint(h, 101min, "ben");  // within the cool-down
  h.advance(kStart + 150min);
  CHECK(h.alerts().size() == 1);
  complaint(h, 200min, "ana"), complaint(h, 201min, "ben");
  h.run();
  CHECK(h.alerts().size() == 2);
}

TEST_CASE("each subject counts by itself, with what was found about it alone") {
  Harness<Rule> h{{"where", "intent:complains"}, {"count", 2}};
  for (int i = 0; i < 3; ++i) complaint(h, 1min * i, "a" + std::to_string(i)).found("mention", "rival");
  h.run();
  REQUIRE(h.alerts().size() == 1);
  CHECK(h.alerts()[0].subject == "acme");
}

TEST_CASE("one post of somebody with reach is enough, and its own sentence says who") {
  Harness<Rule> h{{"where", "followers:>100000"}, {"severity", 9}};
  h.post("I will never fly with you again").at(kStart).by("star").found("mention", "acme").followers = 900'000;
  h.post("nor will I").at(kStart + 1min).by("nobody").found("mention", "acme").followers = 9;
  h.run();
  REQUIRE(h.alerts().size() == 1);
  CHECK(h.alerts()[0].summary == "acme: star on test: I will never fly with you again");
  CHECK(h.alerts()[0].severity == 9);
}

TEST_CASE("with a count of one and no cool-down every post is an alert of its own") {
  Harness<Rule> h{{"where", "intent:complains"}, {"cooldown", "0s"}};
  for (int i = 0; i < 7; ++i) complaint(h, 0min, "ana");
  h.run();
  CHECK(h.alerts().size() == 7);
  for (const TestAlert& alert : h.alerts()) CHECK(alert.state == EAR_ALERT_CLOSED);
}

TEST_CASE("a sum over posts has its threshold") {
  Harness<Rule> h{{"where", "has:mention"}, {"sum", "views"}, {"at_least", 1000}, {"within", "2h"}};
  for (int i = 0; i < 6; ++i) complaint(h, 10min * i, "a" + std::to_string(i)).views = 190;
  complaint(h, 70min, "z");  // nobody knows how often it was seen
  h.run();
  REQUIRE(h.alerts().size() == 1);
  CHECK(h.alerts()[0].observed == 1140);
  CHECK(h.alerts()[0].upper == 1000);
}

TEST_CASE("copies are one text") {
  Harness<Rule> h{{"where", "intent:complains"}, {"count", 3}, {"distinct", "texts"}};
  for (int i = 0; i < 9; ++i) {
    auto& post = complaint(h, 1min * i, "a" + std::to_string(i));
    post.segments[0].text = "the very same words for everybody";
  }
  for (int i = 0; i < 9; ++i) complaint(h, 1min * i, "b" + std::to_string(i)).found("duplicate", "", 1, "test/1");
  h.run();
  CHECK(h.alerts().empty());
}

TEST_CASE("per author, platform or all together") {
  Harness<Rule> by_author{{"where", "intent:complains"}, {"count", 3}, {"per", "author"}};
  Harness<Rule> all{{"where", "intent:complains"}, {"count", 6}, {"per", "all"}};
  for (DetectorHarness* h : {static_cast<DetectorHarness*>(&by_author), static_cast<DetectorHarness*>(&all)}) {
    for (int i = 0; i < 3; ++i) complaint(*h, 1min * i, "ana", "acme"), complaint(*h, 1min * i, "ben", "rival");
    h->run();
  }
  REQUIRE(by_author.alerts().size() == 2);
  CHECK(attribute(by_author.alerts()[0], "key").starts_with("test/"));
  REQUIRE(all.alerts().size() == 1);
  CHECK(all.alerts()[0].observed == 6);
}

TEST_CASE("a sentence of one's own is filled with figures") {
  Harness<Rule> h{
      {"where", "intent:complains"}, {"count", 2}, {"summary", "{subject}! {posts} in {within} - look: {url}{why}"}};
  complaint(h, 0min, "ana"), complaint(h, 1min, "ben");
  h.run();
  REQUIRE(h.alerts().size() == 1);
  CHECK(h.alerts()[0].summary == "acme! 2 posts in 1h - look: , mostly \"charger is broken\" (100 %)");
}

TEST_CASE("a post's text cannot break out of the line") {
  Harness<Rule> h{{"where", "has:mention"}};
  h.post("one\n\x1b[31mtwo\t three").at(kStart).by("ana").found("mention", "acme");
  h.run();
  CHECK(h.alerts().at(0).summary == "acme: ana on test: one [31mtwo three");
}

TEST_CASE("late, gone and edited posts do not count") {
  Harness<Rule> h{{"where", "intent:complains"}, {"cooldown", "0s"}};
  h.post("now").at(kStart + 5h);
  h.run();
  complaint(h, 0min, "late");
  complaint(h, 301min, "ana").edited();
  complaint(h, 302min, "ana").deleted();
  h.end();
  CHECK(h.alerts().empty());
}

TEST_CASE("the same posts give the same alerts however they are cut, saved and loaded") {
  CHECK_NOTHROW(for_each_chunking<Rule>(
      {{"where", "intent:complains"}, {"count", 3}, {"within", "30m"}, {"cooldown", "1h"}}, [](DetectorHarness& h) {
        h.lateness(10min);
        for (int i = 0; i < 60; ++i) {
          const int jitter = i * 7 % 5;
          complaint(h, std::chrono::minutes(i * (i % 20 < 10 ? 3 : 40) + jitter), "a" + std::to_string(i % 7),
                    i % 3 == 0 ? "rival" : "acme", "broken again, number " + std::to_string(i));
        }
        h.end();
        CHECK(h.alerts().size() >= 2);
      }));
}

TEST_CASE("faults in a query, a sentence and a sum are told with their place") {
  const auto refused = [](Setting one, Setting other) {
    Harness<Rule> h{one, other};
    h.post("x");
    h.run();
  };
  CHECK_THROWS_WITH(refused({"where", "folowers:>10"}, {"count", 2}), Catch::Contains("did you mean followers"));
  CHECK_THROWS_WITH(refused({"where", "acme"}, {"summary", "{subjekt} is up"}),
                    Catch::Contains("there is no {subjekt}"));
  CHECK_THROWS_WITH(refused({"where", "acme"}, {"summary", "{\x1B[31m\xFF}"}),
                    !Catch::Contains("\x1B") && !Catch::Contains("\xFF"));
  CHECK_THROWS_WITH(refused({"where", "acme"}, {"sum", "views"}), Catch::Contains("at_least"));
  CHECK_THROWS_WITH(refused({"where", "acme"}, {"at_least", 5}), Catch::Contains("sum"));
}
