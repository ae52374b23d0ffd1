// Training, folds and calibration.
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>
#include <stdexcept>

#include "learned.hpp"
#include "model/file.hpp"

using namespace earshot::model;
using namespace earshot::model::testing;

TEST_CASE("what can be learned is learned, and the cross-validation says so") {
  CHECK(learned().quality.at(0).macro_f1() > 0.95);
  CHECK(learned().said.size() == 120);
}

TEST_CASE("the same examples give the same model, byte for byte") {
  const Trained again = train(examples(info().features), info(), options());
  CHECK(write(*again.model) == write(*learned().model));
}

TEST_CASE("labels without sense are not learned") {
  const Extractor extractor(info().features);
  Features features;
  Examples noise;
  std::mt19937 random(3);
  for (const auto& [text, cls] : sentences(240)) {
    features.clear();
    extractor.read(text, features);
    noise.add(features, static_cast<std::uint16_t>(random() % 3), noise.size());
  }
  CHECK(train(noise, info(), options()).quality.at(0).accuracy() < 0.5);
}

TEST_CASE("a group is never in two folds, and each fold has its share of each class") {
  Examples all;
  Features features;
  Extractor().read("text", features);
  for (std::size_t i = 0; i < 300; ++i) all.add(features, static_cast<std::uint16_t>(i % 10 == 0 ? 1 : 0), i / 3);
  const std::vector<std::uint32_t> fold = all.folds(5, 2, 1);
  std::map<std::uint64_t, std::set<std::uint32_t>> of_group;
  std::map<std::uint32_t, int> size, rare;
  for (std::size_t i = 0; i < all.size(); ++i) {
    of_group[all.group(i)].insert(fold[i]);
    ++size[fold[i]], rare[fold[i]] += all.has(i, 1);
  }
  for (const auto& [group, folds] : of_group) CHECK(folds.size() == 1);
  CHECK(size.size() == 5);
  for (const auto& [f, n] : size) CHECK(n == 60);
  for (const auto& [f, n] : rare) CHECK(n == 6);
  CHECK(all.folds(5, 2, 1) == fold);
  CHECK(all.folds(5, 2, 2) != fold);
}

TEST_CASE("probabilities are calibrated") {
  // Scores that say twice too much: a score of 2 where the odds are e.
  Examples all;
  Features features;
  Extractor().read("text", features);
  Scored scored;
  std::mt19937 random(5);
  std::uniform_real_distribution<double> draw(-2, 2), chance(0, 1);
  for (std::size_t i = 0; i < 4000; ++i) {
    const double truth = draw(random);
    all.add(features, static_cast<std::uint16_t>(chance(random) < 1 / (1 + std::exp(-truth)) ? 1 : 0), i);
    scored.scores.push_back(static_cast<float>(-truth)), scored.scores.push_back(static_cast<float>(truth));
    scored.rows.push_back(i);
  }
  scored.examples = &all, scored.classes = 2;
  const std::vector<Calibration> c = calibrate(scored, Goal::accuracy);
  CHECK((c[0].slope + c[1].slope) / 2 == Approx(0.5).margin(0.06));
  CHECK(c[1].shift - c[0].shift == Approx(0).margin(0.1));
}

TEST_CASE("any number of labels may be learned") {
  Info any = info();
  any.any = true, any.classes = {"rain", "bank"};
  const Extractor extractor(any.features);
  Features features;
  Examples all;
  for (std::size_t i = 0; i < 200; ++i) {
    std::vector<std::uint16_t> labels;
    std::string text = "day " + std::to_string(i);
    if (i % 2 == 0) labels.push_back(0), text += " with rain";
    if (i % 3 == 0) labels.push_back(1), text += " at the bank";
    features.clear();
    extractor.read(text, features);
    all.add(features, labels, i);
  }
  const Trained trained = train(all, any, options());
  REQUIRE(trained.quality.size() == 2);
  for (const Quality& q : trained.quality) CHECK(q.classes()[1].f1() > 0.95);
  const std::vector<float> p = judge(*trained.model, "rain at the bank");
  CHECK(trained.model->holds(0, p[0]));
  CHECK(trained.model->holds(1, p[1]));
}

TEST_CASE("what cannot be learned from is told") {
  Info more = info();
  more.classes.emplace_back("empty");
  CHECK_THROWS_WITH(train(examples(more.features), more, options()), Catch::Contains("'empty'"));
  Examples one_group;
  Features features;
  Extractor().read("text", features);
  for (std::uint16_t c = 0; c < 3; ++c) one_group.add(features, c, 1);
  CHECK_THROWS_AS(train(one_group, info(), options()), std::invalid_argument);
}

TEST_CASE("the strongest features are kept, so many") {
  TrainOptions few = options();
  few.most_features = 50;
  const Trained trained = train(examples(info().features), info(), few);
  std::size_t kept = 0;
  const auto weights = trained.model->weights();
  for (std::size_t b = 0; b < weights.size(); b += 4)
    kept += weights[b] != 0 || weights[b + 1] != 0 || weights[b + 2] != 0 ? 1 : 0;
  CHECK(kept <= 50);
  CHECK(kept > 20);
}
