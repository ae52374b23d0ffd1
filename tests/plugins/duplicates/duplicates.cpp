// What is said of copies, and what is not.
#include "duplicates/duplicates.hpp"

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <random>
#include <string>

using earshot::duplicates::Duplicates;
using earshot::testing::CallFailed;
using earshot::testing::DetectorHarness;
using earshot::testing::for_each_chunking;
using earshot::testing::Harness;
using namespace std::chrono_literals;

namespace {

const std::string kText = "The new cans of this brand taste of metal, and nobody there answers my mails";

// "2=test/1 (exact copy)" for each finding.
std::string said(const DetectorHarness& h) {
  std::string all;
  for (const auto& f : h.findings("duplicate"))
    all += (all.empty() ? "" : " ") + f.id + "=" + f.value + " (" + f.reason + ")";
  return all;
}

std::string words(std::mt19937_64& random, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) {
    std::uint64_t n = random() % 3000 * 0x9E3779B97F4A7C15u;
    for (std::uint64_t letters = 3 + n % 7; letters > 0; --letters, n /= 26) all += static_cast<char>('a' + n % 26);
    all += ' ';
  }
  return all;
}

}  // namespace

TEST_CASE("the first has no finding, and every later copy names it") {
  Harness<Duplicates> h;
  h.post(kText);
  h.post("Something else altogether was said in between these two");
  h.post(kText + " https://t.co/xyz");
  h.post("RT @ana: " + kText);
  h.post("The new cans of this brand taste of metal, and nobody at all answers my mails");
  h.run();
  CHECK(said(h) == "3=test/1 (exact copy) 4=test/1 (repost) 5=test/1 (near copy)");
  for (const auto& f : h.findings()) {
    CHECK(f.score > 0.45);
    REQUIRE(f.attributes.size() == 1);
  }
}

TEST_CASE("a text that was cut off is a copy of the whole") {
  Harness<Duplicates> h;
  h.post(kText);
  h.post(kText.substr(0, 45) + "\u2026");
  h.run();
  CHECK(said(h) == "2=test/1 (near copy)");
}

TEST_CASE("a copy of a copy is of the cluster of the first") {
  Harness<Duplicates> h;
  h.post("one two three four five six seven eight nine ten eleven twelve");
  h.post("one two three four five six seven eight nine ten blue green");
  h.post("red brown three four five six seven eight nine ten blue green");
  h.run();
  CHECK(said(h) == "2=test/1 (near copy) 3=test/1 (near copy)");
}

TEST_CASE("short texts that many people write are no copies of each other") {
  const std::string text = GENERATE(as<std::string>(), "lol", "thank you", "LOL!!!", "\U0001F602\U0001F602", "", "ok",
                                    "@ana yes", "https://t.co/abc", "#acme", "wow!! https://t.co/abc");
  Harness<Duplicates> h;
  for (int i = 0; i < 4; ++i) h.post(text);
  h.run();
  CHECK(said(h).empty());
}

TEST_CASE("texts of the same words in everyday use are not taken for copies") {
  Harness<Duplicates> h;
  h.post("I love this phone, the camera is great");
  h.post("I hate this phone, it broke on the first day");
  h.post("The camera of my old phone was not that good");
  h.post("This is the first time that I had to send it back");
  h.run();
  CHECK(said(h).empty());
}

TEST_CASE("a repost names what it repeats, whether that was seen or not") {
  Harness<Duplicates> h;
  h.post("").repeats("77");
  h.post(kText).with_id("original");
  h.post("").repeats("original");
  h.post("").repeats("77");
  h.run();
  CHECK(said(h) == "1=test/77 (repost) 3=test/original (repost) 4=test/77 (repost)");
}

TEST_CASE("a post that comes after its repost is still the first of the cluster") {
  Harness<Duplicates> h;
  h.post(kText).repeats("original");
  h.post(kText).with_id("original");
  h.post(kText).with_id("stranger");
  h.run();
  CHECK(said(h) == "1=test/original (repost) stranger=test/original (exact copy)");
}

TEST_CASE("what came longer ago than the window is no first any more") {
  Harness<Duplicates> h{{"window", "1d"}};
  h.post(kText).at("2026-05-01T00:00:00Z");
  h.post(kText).at("2026-05-01T23:00:00Z");
  h.post(kText).at("2026-05-02T22:00:00Z");  // within a day of the copy before
  h.post(kText).at("2026-05-09T00:00:00Z");
  h.run();
  CHECK(said(h) == "2=test/1 (exact copy) 3=test/1 (exact copy)");
}

TEST_CASE("a deleted post attracts no more copies, and its cluster goes on by the others") {
  Harness<Duplicates> h;
  h.post(kText);
  h.post("The new cans of this brand taste of metal, and nobody at all answers my mails");
  h.post(kText).with_id("1").deleted();
  h.post("The new cans of this brand taste of metal, and nobody at all answers my mails!");
  h.post("Another text that is deleted before it could have been copied").with_id("x");
  h.post("").with_id("x").deleted();
  h.post("Another text that is deleted before it could have been copied").with_id("y");
  h.run();
  CHECK(said(h) == "2=test/1 (near copy) 4=test/1 (exact copy)");
}

TEST_CASE("two texts that are half alike are no copies where each has a number that the other has not") {
  Harness<Duplicates> h;
  const std::string end = GENERATE(" 851", "");
  h.post("A ban for player Winnetou has occurred, see the details at case" + end);
  h.post("A fine for player Nscho-Tschi was lifted, see the details at case" + (end.empty() ? end : " 100"));
  h.run();
  CHECK(said(h) == (end.empty() ? "2=test/1 (near copy)" : ""));
}

TEST_CASE("an edit is judged anew against what came before the post") {
  Harness<Duplicates> h;
  h.post(kText).with_id("first");
  h.post("Nothing of that kind was ever written by anybody here").with_id("edited");
  h.post("The weather of the weekend will be fine in all of the south").with_id("other");
  h.post(kText).with_id("edited").edited();
  h.post(kText).with_id("first").edited();
  h.post("The weather of the weekend will be fine in all of the south").with_id("edited").edited();
  h.run();
  CHECK(said(h) == "edited=test/first (exact copy)");
}

TEST_CASE("an edit that changes no word says again what was said") {
  Harness<Duplicates> h;
  h.post(kText);
  h.post("The new cans of this brand taste of metal, and nobody at all answers my mails");
  h.post("The new cans of this brand taste of metal, and nobody at all answers my mails").with_id("2").edited();
  h.post(kText).with_id("1").edited();
  h.run();
  CHECK(said(h) == "2=test/1 (near copy) 2=test/1 (near copy)");
}

TEST_CASE("the same posts give the same findings however they are cut, saved and loaded") {
  const auto remember = GENERATE(20, 100000);
  CHECK_NOTHROW(for_each_chunking<Duplicates>({{"remember", remember}}, [](DetectorHarness& h) {
    std::mt19937_64 random(11);
    std::vector<std::string> texts;
    for (int i = 0; i < 150; ++i) {
      std::string text = words(random, 12);
      if (i > 10 && random() % 3 == 0) text = texts[texts.size() - 1 - random() % 10] + words(random, 2);
      texts.push_back(text);
      auto& post = h.post(text).by("author" + std::to_string(random() % 9));
      if (random() % 12 == 0) post.with_id(std::to_string(1 + random() % 40)).edited();
      if (random() % 15 == 0) post.with_id(std::to_string(1 + random() % 40)).deleted();
    }
    h.run();
    CHECK(h.findings().size() > 20);
  }));
}

TEST_CASE("memory is bounded: what is forgotten is no first any more") {
  Harness<Duplicates> h{{"remember", 5}};
  std::mt19937_64 random(3);
  h.post(kText);
  for (int i = 0; i < 10; ++i) h.post(words(random, 15));
  h.post(kText);
  h.run();
  CHECK(said(h).empty());
}

TEST_CASE("a flood of near copies by one author leaves the others' posts where they are") {
  Harness<Duplicates> h{{"remember", 200}};
  h.chunking({256, false});
  h.post(kText).with_id("kept");
  for (int i = 0; i < 3000; ++i)
    h.post("Buy followers for the best price of the town, today only, number " + std::to_string(i));
  h.post(kText).with_id("copy");
  h.run();
  CHECK(h.findings().size() >= 2990);
  CHECK(h.findings().back().id == "copy");
  CHECK(h.findings().back().value == "test/kept");
}

TEST_CASE("an author can be forgotten, and the cluster bears another's name") {
  Harness<Duplicates> h;
  h.post(kText).by("ana");
  h.post("The new cans of this brand taste of metal, and nobody at all answers my mails").by("ben");
  h.run();
  h.erase("test", "ana");
  h.post("The new cans of this brand taste of metal, and nobody at all answers my mails").by("cleo");
  h.run();
  CHECK(said(h) == "2=test/1 (near copy) 3=test/2 (exact copy)");
}

TEST_CASE("nothing in a post is too long or too odd") {
  Harness<Duplicates> h;
  for (int i = 0; i < 2; ++i) {
    h.post(std::string(10 << 20, 'a'));
    h.post(std::string(1 << 20, '\xF0'));
    h.post(kText).with_id(std::string(100000, 'x') + std::to_string(i));
    h.post(words(*std::make_unique<std::mt19937_64>(5), 100000));
  }
  h.run();
  CHECK(said(h) == "8=test/4 (exact copy)");
}

TEST_CASE("what a segment of a detector says is not what the author wrote") {
  Harness<Duplicates> h;
  h.post(kText);
  h.post().segment(EAR_IMAGE, kText);
  h.post().segment(EAR_QUOTE, kText);
  h.run();
  CHECK(said(h) == "3=test/1 (repost)");
}
