// What is put together, under which id and name.
#include "topics/topics.hpp"

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <map>
#include <random>
#include <set>
#include <string>

using earshot::testing::DetectorHarness;
using earshot::testing::for_each_chunking;
using earshot::testing::TestFinding;
using earshot::topics::TopicsDetector;
using namespace std::chrono_literals;
using Harness = earshot::testing::Harness<TopicsDetector>;

namespace {

// Sentences about one of three things, each said differently.
const std::vector<std::vector<std::string>> kThings{
    {"Metal splinters found in cans of lemonade", "Lemonade cans recalled after metal splinters were found",
     "Recall: splinters of metal in lemonade cans, says the company",
     "Another can with metal splinters in the lemonade"},
    {"Storm tears roof off the stadium in Hamburg", "Stadium roof in Hamburg damaged by the storm",
     "Hamburg stadium closed, storm took its roof", "After the storm the Hamburg stadium needs a new roof"},
    {"Pilots vote for a strike over summer schedules", "Strike: pilots reject the summer schedules",
     "Summer schedules lead pilots to a strike vote", "Airline pilots announce strike against summer schedules"}};

std::string noise(std::mt19937_64& random) {
  std::string all;
  for (int i = 0; i < 8; ++i) {
    std::uint64_t n = random() * 0x9E3779B97F4A7C15u;
    for (std::uint64_t letters = 4 + n % 5; letters > 0; --letters, n /= 26) all += static_cast<char>('a' + n % 26);
    all += ' ';
  }
  return all;
}

// Posts about the three things, with much else between them.
void mix(DetectorHarness& h, int rounds = 4) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 60; ++i) h.post(noise(random)).by("other" + std::to_string(i));
  for (int round = 0; round < rounds; ++round)
    for (const auto& thing : kThings) {
      h.post(thing[static_cast<std::size_t>(round % 4)]).by("author" + std::to_string(round));
      h.post(noise(random)).by("other");
    }
}

std::string label_of(const TestFinding& f) {
  for (const auto& a : f.attributes)
    if (a.key == "label") return a.text;
  return {};
}

}  // namespace

TEST_CASE("posts about the same thing get one id, posts about different things different ones, others none") {
  Harness h{{"least", 2}};
  mix(h);
  h.run();
  std::map<std::size_t, std::set<std::string>> topics;
  for (const TestFinding& f : h.findings("topic"))
    for (std::size_t i = 0; i < kThings.size(); ++i)
      for (const std::string& text : kThings[i])
        if (h.posts()[f.post].text() == text) topics[i].insert(f.value);
  REQUIRE(topics.size() == 3);
  std::set<std::string> all;
  for (const auto& [thing, ids] : topics) {
    CHECK(ids.size() == 1);
    all.insert(ids.begin(), ids.end());
  }
  CHECK(all.size() == 3);
  CHECK(h.findings("topic").size() == 9);  // every post but the first of each
}

TEST_CASE("a topic has a name of words that its posts share") {
  Harness h;
  mix(h);
  h.run();
  std::map<std::string, std::string> labels;
  for (const TestFinding& f : h.findings("topic")) labels[h.posts()[f.post].text().substr(0, 5)] = label_of(f);
  const std::string label = labels["Anoth"];
  INFO(label);
  CHECK(label.find("splinters") != std::string::npos);
}

TEST_CASE("words that mostly stand together are one name, and no word stands in a name twice") {
  Harness h{{"least", 2}};
  int author = 0;
  for (const char* text :
       {"red sox win game in boston", "boston game lost by the red sox", "red sox play game, boston cheers",
        "fans of red sox at boston game", "game of red sox tonight, boston sold out"})
    h.post(text).by("author" + std::to_string(++author));
  h.run();
  const std::string label = label_of(h.findings("topic").back());
  INFO(label);
  CHECK(label.find("red sox") != std::string::npos);
  for (const char* word : {"red", "sox", "boston"})
    if (const std::size_t first = label.find(word); first != std::string::npos)
      CHECK(label.find(word, first + 1) == std::string::npos);
}

TEST_CASE("a topic is told from `least` posts on, by more than one author") {
  Harness h{{"least", 3}};
  for (const std::string& text : kThings[0]) h.post(text).by("ana");
  h.run();
  CHECK(h.findings().empty());
  h.post(kThings[0][0]).by("ben");
  h.run();
  CHECK(h.findings().size() == 1);
}

TEST_CASE("each watch item that a post mentions is told of its topic") {
  Harness h{{"least", 2}};
  h.post(kThings[0][0]).by("ana").found("mention", "acme");
  h.post(kThings[0][1]).by("ben").found("mention", "acme").found("mention", "rival").found("mention", "acme");
  h.post(kThings[0][2]).by("cleo");
  h.run();
  std::string subjects;
  for (const TestFinding& f : h.findings("topic")) subjects += f.id + ":" + f.subject + " ";
  CHECK(subjects == "2:acme 2:rival 3: ");
}

TEST_CASE("the id stays the same over days and restarts") {
  Harness h{{"least", 2}};
  h.chunking({1, true});
  for (int i = 0; i < 12; ++i)
    h.post(kThings[1][static_cast<std::size_t>(i % 4)])
        .by("author" + std::to_string(i))
        .at("2026-05-" + std::to_string(10 + i) + "T00:00:00Z");
  h.run();
  std::set<std::string> ids;
  for (const TestFinding& f : h.findings("topic")) ids.insert(f.value);
  CHECK(ids.size() == 1);
}

TEST_CASE("two topics that become the same are told to be one: the older goes on") {
  Harness h{{"least", 2}, {"similarity", 0.35}};
  h.post("storm roof stadium torn").by("a");
  h.post("storm roof stadium torn").by("b");
  h.post("police traffic bridge closed").by("a");
  h.post("police traffic bridge closed").by("b");
  for (int i = 0; i < 12; ++i)
    h.post("storm roof stadium torn police traffic bridge closed").by("c" + std::to_string(i));
  h.run();
  std::set<std::string> merged, first;
  for (const TestFinding& f : h.findings("topic")) {
    if (f.id == "2") first.insert(f.value);
    for (const auto& a : f.attributes)
      if (a.key == "merged") merged.insert(a.text);
  }
  CHECK(merged.size() == 1);
  CHECK(h.findings("topic").back().value == *first.begin());
}

TEST_CASE("the same posts give the same findings however they are cut, saved and loaded") {
  const auto most = GENERATE(2, 1000);
  CHECK_NOTHROW(
      for_each_chunking<TopicsDetector>({{"least", 2}, {"most", most}, {"waiting", 20}}, [](DetectorHarness& h) {
        std::mt19937_64 random(9);
        for (int i = 0; i < 150; ++i) {
          const auto& thing = kThings[random() % 3];
          h.post(random() % 3 == 0 ? noise(random) : thing[random() % 4]).by("author" + std::to_string(random() % 20));
        }
        h.run();
        CHECK(h.findings().size() > 20);
      }));
}

TEST_CASE("an edit changes no topic, and a deleted post gets none") {
  Harness h{{"least", 2}};
  h.post(kThings[0][0]).by("ana").with_id("1");
  for (int i = 0; i < 5; ++i) h.post(kThings[0][1]).by("ben").with_id("1").edited();
  h.post(kThings[0][1]).by("ben").deleted();
  h.run();
  CHECK(h.findings().empty());
}

TEST_CASE("a post that waits for a second one and is deleted begins no topic") {
  Harness h{{"least", 2}};
  h.post(kThings[0][0]).by("ana").with_id("1");
  h.post("").by("ana").with_id("1").deleted();
  h.post(kThings[0][1]).by("ben");
  h.run();
  CHECK(h.findings().empty());
  h.post(kThings[0][2]).by("cleo");
  h.run();
  CHECK(h.findings().size() == 1);
}

TEST_CASE("a topic that somebody else has joined outlives its first post") {
  Harness h{{"least", 2}};
  h.post(kThings[0][0]).by("ana").with_id("1");
  h.post(kThings[0][1]).by("ben");
  h.post("").by("ana").with_id("1").deleted();
  h.post(kThings[0][2]).by("cleo");
  h.run();
  REQUIRE(h.findings().size() == 2);
  CHECK(h.findings()[0].value == h.findings()[1].value);
}

TEST_CASE("what an erased author alone spoke of is forgotten") {
  const bool saved = GENERATE(false, true);
  Harness h{{"least", 2}};
  h.chunking({256, saved});
  for (const std::string& text : kThings[0]) h.post(text).by("ana");
  h.run();
  h.erase("test", "ana");
  h.post(kThings[0][1]).by("ben");
  h.run();
  CHECK(h.findings().empty());
}

TEST_CASE("of a topic that several speak of, the words that an erased author alone said are forgotten") {
  Harness h{{"least", 2}};
  for (int i = 0; i < 3; ++i) h.post("storm roof zanzibar zanzibar").by("ana");
  h.post("storm roof").by("ben");
  h.run();
  REQUIRE(!h.findings().empty());
  const std::string id = h.findings().back().value;
  CHECK(label_of(h.findings().back()).find("zanzibar") != std::string::npos);
  h.erase("test", "ana");
  h.post("storm roof").by("cleo");
  h.run();
  INFO(label_of(h.findings().back()));
  CHECK(h.findings().back().value == id);
  CHECK(label_of(h.findings().back()).find("zanzibar") == std::string::npos);
}

TEST_CASE("nothing in a post is too long or too odd") {
  Harness h{{"least", 2}};
  for (int i = 0; i < 3; ++i) {
    const std::string author = "author" + std::to_string(i);
    h.post(std::string(10 << 20, 'a')).by(author);
    h.post(std::string(1 << 20, '\xF0')).by(author);
    h.post("").by(author);
    std::mt19937_64 random(4);
    std::string text;
    for (int k = 0; k < 5000; ++k) text += noise(random);
    h.post(text).by(author);
  }
  CHECK_NOTHROW(h.run());
}
