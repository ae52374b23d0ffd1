// Why there was more than expected, or less.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <memory_resource>
#include <random>

#include "explain/explanation.hpp"

using namespace earshot;
using namespace earshot::explain;
using earshot::testing::TestPost;

namespace {

constexpr ear_time kStart = 1'767'225'600'000'000'000;
constexpr double kHalf = 14 * 86400e9;

TestPost said(int number, const std::string& text, const std::string& author) {
  TestPost p;
  p.id = std::to_string(number), p.author = author;
  p.published = p.collected = time(kStart + number * 1'000'000'000LL);
  p.body("Acme " + text);
  testing::TestFinding mention;
  mention.kind = "mention", mention.subject = "acme", mention.segment = 0, mention.begin = 0, mention.end = 4;
  p.found(mention);
  return p;
}

void add(Sample& sample, const TestPost& post, double weight = 1) {
  std::pmr::monotonic_buffer_resource memory;
  sample.add(Post(*testing::freeze(post, 0, memory)), "acme", weight);
}

const char* const kUsual[] = {"has a nice taste", "costs more at the station", "is sold out in town",
                              "came with lemon"};

Background usual() {
  Background background;
  Values values;
  for (int day = 0; day < 20; ++day) {
    Sample sample;
    for (int i = 0; i < 20; ++i) add(sample, said(day * 100 + i, kUsual[i % 4], "a" + std::to_string(i)));
    background.learn(sample, kStart + day * 86'400'000'000'000LL, kHalf, values);
  }
  return background;
}

const Cause* find(const Explanation& e, Kind kind, std::string_view value) {
  for (const Cause& cause : e.causes())
    if (cause.kind == kind && cause.value == value) return &cause;
  return nullptr;
}

std::string saved(const Sample& sample) {
  state::BytesOut out;
  sample.save(out);
  return out.bytes();
}

}  // namespace

TEST_CASE("the term that makes the difference has its share of the difference, not of the volume") {
  Sample sample;
  for (int i = 0; i < 16; ++i)
    add(sample, said(5000 + i, std::string(kUsual[i % 4]) + " " + std::to_string(i), "b" + std::to_string(i)));
  for (int i = 0; i < 30; ++i)
    add(sample,
        said(6000 + i,
             "battery on fire near " + std::string(1, static_cast<char>('a' + i % 26)) + "town" + std::to_string(i),
             "c" + std::to_string(i)));
  const Background background = usual();
  Values values;
  const Explanation e(sample, background, {46, 16}, values);
  const Cause* battery = find(e, Kind::term, "battery on fire");
  REQUIRE(battery != nullptr);
  CHECK(battery->share == Approx(1).margin(0.05));  // 30 of 30 more, though 30 of 46 in all
  CHECK(battery->observed == Approx(30));
  CHECK(find(e, Kind::term, "nice taste") == nullptr);
  CHECK(find(e, Kind::platform, "test") == nullptr);  // as always
  CHECK(e.mostly().starts_with("mostly \"battery on fire\" (100 %)"));
}

TEST_CASE("copies are one piece of evidence with the weight of all, and the first of them is shown") {
  Sample sample;
  for (int i = 0; i < 9; ++i) {
    TestPost p = said(100 + i, "they pay for your silence, read this now https://leak.example/a?x=" + std::to_string(i),
                      "c" + std::to_string(i));
    if (i > 0) p.found("duplicate", "", 1, "test/100");
    add(sample, p);
  }
  add(sample, said(200, "something else that nobody else says", "d"));
  Values values;
  const Explanation e(sample, Background(), {10, 0}, values);
  const auto evidence = e.evidence();
  REQUIRE(evidence.size() == 2);
  CHECK(view(evidence[0].id) == "100");
  CHECK(evidence[0].weight == Approx(0.9));
  const Cause* link = find(e, Kind::link, "leak.example/a");
  REQUIRE(link != nullptr);
  CHECK(link->share == Approx(0.9));
  REQUIRE(find(e, Kind::post, "test/100") != nullptr);
  CHECK(find(e, Kind::post, "test/100")->observed == Approx(9));
}

TEST_CASE("copies without a finding are merged by what they say") {
  Sample sample;
  for (int i = 0; i < 5; ++i) add(sample, said(i, "the very same words, again and again!", "x" + std::to_string(i)));
  Values values;
  const Explanation e(sample, Background(), {5, 1}, values);
  CHECK(e.evidence().size() == 1);
}

TEST_CASE("one author, one place and one language are causes where they are not usual") {
  Sample sample;
  for (int i = 0; i < 20; ++i) {
    TestPost p = said(300 + i, "is number " + std::string(static_cast<std::size_t>(i + 1), 'k') + " for me", "shouter");
    p.found("language", "", 1, "de").found("place", "", 1, "AT");
    add(sample, p);
  }
  const Background background = usual();
  Values values;
  const Explanation e(sample, background, {20, 2}, values);
  CHECK(find(e, Kind::author, "test/shouter") != nullptr);
  CHECK(find(e, Kind::place, "AT") != nullptr);
  CHECK(find(e, Kind::language, "de") != nullptr);
}

TEST_CASE("of a drop the causes are what is missing") {
  const Background background = usual();
  Sample sample;
  for (int i = 0; i < 5; ++i) add(sample, said(900 + i, kUsual[0], "a" + std::to_string(i)));
  Values values;
  const Explanation e(sample, background, {5, 20}, values);
  const Cause* gone = find(e, Kind::term, "lemon");
  REQUIRE(gone != nullptr);
  CHECK(gone->observed == 0);
  CHECK(gone->share == Approx(1.0 / 3).margin(0.05));
  CHECK(find(e, Kind::term, "nice taste") == nullptr);
}

TEST_CASE("a sample is the same in any order, and merged from parts") {
  std::vector<TestPost> posts;
  for (int i = 0; i < 400; ++i) posts.push_back(said(i, "number " + std::to_string(i), "a"));
  Sample whole, turned, first, second;
  for (int i = 0; i < 400; ++i) {
    add(whole, posts[static_cast<std::size_t>(i)]);
    add(turned, posts[static_cast<std::size_t>(399 - i)]);
    add(i % 3 == 0 ? first : second, posts[static_cast<std::size_t>(i)]);
  }
  first.add(second);
  CHECK(saved(whole) == saved(turned));
  CHECK(saved(whole) == saved(first));
  CHECK(whole.size() == Pool{}.per_sample);
  CHECK(whole.total() == Approx(400).epsilon(0.4));
  Sample loaded;
  const std::string bytes = saved(whole);
  state::BytesIn in(bytes);
  loaded.load(in);
  CHECK(saved(loaded) == bytes);
}

TEST_CASE("what weighs much is in a sample of many that weigh little") {
  Sample sample;
  for (int i = 0; i < 1000; ++i) add(sample, said(i, "small", "a"), 1);
  add(sample, said(5000, "giant", "big"), 100'000);
  CHECK(sample.all().front().id == "5000");
  CHECK(sample.total() == Approx(101'000).epsilon(0.05));
}

TEST_CASE("however many samples there are, they hold no more posts than the pool has") {
  Pool pool;
  pool.most = 300;
  std::vector<Sample> samples;
  for (int s = 0; s < 200; ++s) {
    Sample& sample = samples.emplace_back(&pool);
    for (int i = 0; i < 100; ++i) add(sample, said(s * 100 + i, "x", "a"));
  }
  CHECK(pool.kept <= 450);
  samples.clear();
  CHECK(pool.kept == 0);
}

TEST_CASE("a background stays bounded, forgets slowly, and is saved as it is") {
  Background background;
  Values values;
  std::mt19937 random(3);
  for (int day = 0; day < 200; ++day) {
    Sample sample;
    for (int i = 0; i < 10; ++i)
      add(sample, said(day * 10 + i,
                       "lemons w" + std::to_string(random() % 5000) + "x v" + std::to_string(random() % 5000) + "y",
                       "a" + std::to_string(random() % 999)));
    background.learn(sample, kStart + day * 86'400'000'000'000LL, kHalf, values);
  }
  state::BytesOut out;
  background.save(out);
  CHECK(out.bytes().size() < 12'000);
  CHECK(background.share(hash_of(Kind::term, "lemons")) > 0.9);
  CHECK(background.share(hash_of(Kind::term, "never")) < 0.1);
  Background again;
  const std::string bytes = out.bytes();
  state::BytesIn in(bytes);
  again.load(in);
  state::BytesOut twice;
  again.save(twice);
  CHECK(twice.bytes() == bytes);
}

TEST_CASE("an author who is erased is in no sample and no background") {
  Sample sample;
  add(sample, said(1, "hello", "ana"));
  CHECK(sample.erase("test", "ana"));
  CHECK(sample.empty());
  Background background = usual();
  CHECK(background.forget_author("test", "a3"));
  state::BytesOut out;
  background.save(out);
  CHECK(out.bytes().find("test/a3") == std::string::npos);
}

TEST_CASE("attributes and evidence can be read as the alert's tree") {
  Sample sample;
  for (int i = 0; i < 8; ++i)
    add(sample, said(i, "#recall of the charger, part " + std::string(static_cast<std::size_t>(i + 2), 'q'),
                     "a" + std::to_string(i)));
  Values values;
  const Explanation e(sample, Background(), {8, 1}, values);
  REQUIRE(!e.attributes().empty());
  const earshot::Value causes(e.attributes()[0]);
  CHECK(causes.key() == "causes");
  CHECK(causes["hashtags"].items()[0]["value"].text() == "#recall");
  CHECK(causes["hashtags"].items()[0]["share"].real() == 1);
  CHECK(causes["terms"].items()[0]["observed"].real() == 8);
}
