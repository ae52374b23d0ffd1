// Hashed features of texts.
#include "model/features.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <stdexcept>

#include "model/target.hpp"

using namespace earshot::model;

namespace {

std::vector<std::uint32_t> words(std::string_view text, FeatureOptions options = {}) {
  Features features;
  Extractor(options).read(text, features);
  return {features.view().words.begin(), features.view().words.end()};
}
std::vector<std::uint32_t> own(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  Features features;
  Extractor().read(text, features);
  add_target(features, 0, begin, end);
  std::vector<std::uint32_t> out;
  for (const OwnFeature& f : features.view().own) out.push_back(f.bucket);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

TEST_CASE("words and pairs are features, each once") {
  FeatureOptions only_words;
  only_words.words = 1, only_words.longest = 0;
  CHECK(words("good good good", only_words).size() == 1);
  only_words.words = 2;
  CHECK(words("a b", only_words).size() == 4);                                              // a, b, (begin a), (a b)
  CHECK(words("GOOD day", only_words).size() == words("good day", only_words).size() + 1);  // shouted
}

TEST_CASE("words of a lexicon are counted by list, those behind a negation apart, whichever they are") {
  FeatureOptions with;
  with.lexicon = LexiconName::emotion;
  const auto listed = [&](std::string_view text) {
    Features features;
    Extractor(with).read(text, features);
    std::vector<std::uint32_t> out;
    for (const OwnFeature& f : features.view().own) out.push_back(f.bucket);
    return out;
  };
  CHECK(listed("a table").empty());
  CHECK(listed("furious").size() == 1);
  CHECK(listed("furious") == listed("enraged"));
  CHECK(listed("furious") != listed("heartbroken"));
  CHECK(listed("furious") != listed("not furious"));
  CHECK(listed("furious enraged").size() == 2);
  CHECK(listed("furious enraged furious enraged furious enraged").size() == 4);
  with.lexicon = LexiconName::none;
  CHECK(listed("furious").empty());
}

TEST_CASE("runs of characters are inside words") {
  FeatureOptions runs;
  runs.words = 0;
  Features features;
  Extractor(runs).read("abc", features);
  // ^ab ^abc ^abc$ abc abc$ bc$
  CHECK(features.view().characters.size() == 6);
  CHECK(features.view().words.empty());
}

TEST_CASE("features do not depend on what was read before") {
  const Extractor extractor;
  Features used;
  extractor.read(std::string(10000, 'x') + " something else entirely", used);
  used.clear();
  extractor.read("the quick brown fox", used);
  Features fresh;
  extractor.read("the quick brown fox", fresh);
  CHECK(std::equal(used.view().words.begin(), used.view().words.end(), fresh.view().words.begin(),
                   fresh.view().words.end()));
  CHECK(std::equal(used.view().characters.begin(), used.view().characters.end(), fresh.view().characters.begin(),
                   fresh.view().characters.end()));
}

TEST_CASE("a second text adds to the first") {
  const Extractor extractor;
  Features two;
  extractor.read("one title", two);
  const std::size_t before = two.view().words.size();
  extractor.read("and a body", two);
  CHECK(two.view().words.size() > before);
  CHECK(two.tokens().all().back().text == 1);
}

TEST_CASE("a long text grows the table of what was seen without losing any") {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "w" + std::to_string(i * 7919 % 3000) + "x ";
  FeatureOptions options;
  options.bits = 22, options.words = 1, options.longest = 0, options.most_bytes = 64 * 1024;
  CHECK(words(text, options).size() == Approx(3000).margin(5));  // but for collisions
}

TEST_CASE("each target of a text has features of its own clause") {
  const std::string text = "the food was great but the service was awful";
  const auto food = own(text, 4, 8), service = own(text, 27, 34);
  CHECK_FALSE(food.empty());
  CHECK(food != service);
  std::vector<std::uint32_t> both;
  std::set_intersection(food.begin(), food.end(), service.begin(), service.end(), std::back_inserter(both));
  CHECK(food.size() - both.size() >= 5);
  CHECK(own(text, 100, 110).empty());  // not in the text
}

TEST_CASE("options out of bounds are refused") {
  FeatureOptions o;
  o.bits = GENERATE(0U, 9U, 23U, 64U);
  CHECK_THROWS_AS(Extractor(o), std::invalid_argument);
  FeatureOptions runs;
  runs.shortest = 6;
  CHECK_THROWS_AS(Extractor(runs), std::invalid_argument);
}
