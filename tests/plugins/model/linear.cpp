// Scores, probabilities and reasons of a model.
#include "model/linear.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <stdexcept>

#include "learned.hpp"

using namespace earshot::model;
using namespace earshot::model::testing;

TEST_CASE("a model tells its classes apart") {
  const Model& m = *learned().model;
  CHECK(m.choose(judge(m, "a storm with snow and wind")) == 0);
  CHECK(m.choose(judge(m, "the bank wants interest")) == 1);
  CHECK(m.choose(judge(m, "a singer with a guitar")) == 2);
}

TEST_CASE("probabilities of one class among several sum to one") {
  const std::vector<float> p = judge(*learned().model, GENERATE("storm", "nothing known", "bank song", ""));
  CHECK(std::accumulate(p.begin(), p.end(), 0.0F) == Approx(1));
}

TEST_CASE("the reason names the words that speak for the class, with their bytes") {
  const Model& m = *learned().model;
  const std::string text = "today the Guitar and the bank";
  Features features;
  Extractor(m.info().features).read(text, features);
  const std::vector<Evidence> why = m.why(features, 2, 1);
  REQUIRE(why.size() == 1);
  CHECK(text.substr(why[0].begin, why[0].end - why[0].begin) == "Guitar");
  const std::string_view view = text;
  CHECK(words_of(why, {&view, 1}) == "words: Guitar");
  CHECK(m.why(features, 1, 1).at(0).begin == text.find("bank"));
}

TEST_CASE("a word that comes twice is named once") {
  const Model& m = *learned().model;
  Features features;
  Extractor(m.info().features).read("guitar guitar GUITAR", features);
  CHECK(m.why(features, 2, 5).size() == 1);
}

TEST_CASE("of two classes one row of weights is kept") {
  Info two = info();
  two.classes = {"no", "yes"};
  CHECK(Model::outputs_for(two) == 1);
  std::vector<std::int8_t> weights(std::size_t{1} << 12);
  const std::uint32_t bucket = bucket_of(hash("own"), 12);
  weights[bucket] = 10;
  const Model m(two, {{0.5F, -1}}, std::vector<Calibration>(2), std::move(weights));
  Features features;
  features.set_bits(12);
  features.add(hash("own"), 2);
  std::vector<float> scores(2);
  m.scores(features.view(), scores);
  CHECK(scores[1] - scores[0] == Approx(2 * 10 * 10 * 0.5 - 1));
  m.probabilities(scores, scores);
  CHECK(m.choose(scores) == 1);
}

TEST_CASE("where any number of classes may hold each is judged by itself") {
  Info any = info();
  any.any = true;
  std::vector<Calibration> calibration(3);
  calibration[1].offset = 10;
  const Model m(any, std::vector<Output>(3, {1, -2}), calibration,
                std::vector<std::int8_t>(Model::stride_for(3) << 12));
  const std::vector<float> p = judge(m, "any text");
  CHECK(p[0] == Approx(1 / (1 + std::exp(2.0))));
  CHECK_FALSE(m.holds(0, p[0]));
  CHECK(m.holds(1, p[1]));
}

TEST_CASE("many classes are scored as few are") {
  Info many = info();
  many.classes.clear();
  for (int i = 0; i < 9; ++i) many.classes.push_back("c" + std::to_string(i));
  std::vector<std::int8_t> weights(Model::stride_for(9) << 12);
  weights[std::size_t{bucket_of(hash("own"), 12)} * 12 + 7] = -3;
  const Model m(many, std::vector<Output>(9, {1, 0}), std::vector<Calibration>(9), std::move(weights));
  Features features;
  features.set_bits(12);
  features.add(hash("own"), 1);
  std::vector<float> scores(9);
  m.scores(features.view(), scores);
  CHECK(scores[7] == -9);
  CHECK(scores[8] == 0);
}

TEST_CASE("sizes that do not fit are refused") {
  CHECK_THROWS_AS(Model(info(), {}, std::vector<Calibration>(3), std::vector<std::int8_t>(4 << 12)),
                  std::invalid_argument);
  CHECK_THROWS_AS(Model(info(), std::vector<Output>(3), std::vector<Calibration>(3), std::vector<std::int8_t>(3)),
                  std::invalid_argument);
}
