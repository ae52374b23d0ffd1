#include "context/learn.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "context/surroundings.hpp"
#include "model/calibrate.hpp"
#include "model/train.hpp"

namespace earshot::context {
namespace {

constexpr unsigned kBits = 17;
constexpr double kBefore = 0.5;    // of each word in each class, before anything is seen
constexpr double kOfBayes = 0.5;   // what its log odds weigh beside logistic regression
constexpr std::size_t kLeast = 5;  // examples of a class
constexpr std::size_t kFolds = 10;

model::Info info_of(const std::string& learned_from) {
  model::Info info;
  info.kind = "context", info.classes = {"no", "yes"}, info.features = feature_options(kBits);
  info.learned_from = learned_from;
  return info;
}

model::Model calibrated(const model::Model& model, std::vector<model::Calibration> calibration) {
  return {model.info(),
          {model.outputs().begin(), model.outputs().end()},
          std::move(calibration),
          {model.weights().begin(), model.weights().end()}};
}

// One byte each, by square roots, as the models of `earshot train` are.
model::Model quantised(const std::vector<double>& weights, double bias, const std::string& learned_from) {
  double most = 1e-12;
  for (const double w : weights) most = std::max(most, std::abs(w));
  const double scale = most / (127 * 127);
  std::vector<std::int8_t> bytes(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i)
    bytes[i] = static_cast<std::int8_t>(
        std::copysign(std::min(std::round(std::sqrt(std::abs(weights[i]) / scale)), 127.0), weights[i]));
  return {info_of(learned_from),
          {{static_cast<float>(scale), static_cast<float>(bias)}},
          std::vector<model::Calibration>(2),
          std::move(bytes)};
}

// Adds what logistic regression learns to what is there by Naive Bayes, whose share is half.
void add_regression(const model::Examples& examples, std::span<const std::size_t> rows, std::vector<double>& weights,
                    double& bias) {
  model::TrainOptions how;
  how.balance = 0, how.rare_words_weigh_more = false, how.least_count = 1, how.eps = 0.01;
  how.most_features = std::size_t{1} << kBits;
  const model::Model model = model::fit(examples, rows, info_of({}), how, 1);
  const model::Output& output = model.outputs()[0];
  for (std::size_t b = 0; b < weights.size(); ++b) {
    const double q = model.weights()[b];
    weights[b] = kOfBayes * weights[b] + static_cast<double>(output.scale) * q * std::abs(q);
  }
  bias = kOfBayes * bias + static_cast<double>(output.bias);
}

std::vector<std::size_t> rows_where(std::span<const std::uint32_t> fold, std::uint32_t number, bool in) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < fold.size(); ++i)
    if ((fold[i] == number) == in) rows.push_back(i);
  return rows;
}

void check(const model::Examples& examples) {
  std::size_t yes = 0;
  bool groups = false;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    yes += examples.has(i, 1) ? 1 : 0;
    groups = groups || examples.group(i) != examples.group(0);
  }
  if (yes < kLeast || examples.size() - yes < kLeast)
    throw std::invalid_argument("there are " + std::to_string(yes) + " examples where it is meant and " +
                                std::to_string(examples.size() - yes) +
                                " where it is not: label five of each at least, better fifty in all");
  if (!groups) throw std::invalid_argument("all examples are the same text or of one group");
}

}  // namespace

model::Examples examples_of(std::span<const Labelled> labelled) {
  Surroundings surroundings(feature_options(kBits));
  model::Examples examples;
  for (const Labelled& one : labelled)
    examples.add(surroundings.read(one.text, one.begin, one.end), one.meant ? 1 : 0, one.group);
  return examples;
}

model::Model fit(const model::Examples& examples, std::span<const std::size_t> rows) {
  std::vector<double> yes(std::size_t{1} << kBits), no(yes.size());
  double yeses = 0;
  for (const std::size_t row : rows) {
    const bool meant = examples.has(row, 1);
    yeses += meant ? 1 : 0;
    for (const model::OwnFeature& own : examples.features(row).own) (meant ? yes : no)[own.bucket] += 1;
  }
  const double noes = static_cast<double>(rows.size()) - yeses;
  std::vector<double> weights(yes.size());
  for (std::size_t b = 0; b < weights.size(); ++b)
    if (yes[b] + no[b] > 0)
      weights[b] =
          std::log((yes[b] + kBefore) / (yeses + 2 * kBefore)) - std::log((no[b] + kBefore) / (noes + 2 * kBefore));
  double bias = std::log((yeses + 1) / (noes + 1));
  if (yeses > 0 && noes > 0) add_regression(examples, rows, weights, bias);
  return quantised(weights, bias, {});
}

Learned learn(const model::Examples& examples, const std::string& learned_from, std::uint64_t seed) {
  check(examples);
  Learned learned;
  const std::vector<std::uint32_t> fold = examples.folds(kFolds, 2, seed);
  const std::uint32_t folds = *std::max_element(fold.begin(), fold.end()) + 1;
  model::Scored scored{&examples, 2, false, std::vector<float>(examples.size() * 2), {}};
  for (std::uint32_t f = 0; f < folds; ++f) {
    const model::Model model = fit(examples, rows_where(fold, f, false));
    for (const std::size_t row : rows_where(fold, f, true))
      model.scores(examples.features(row), std::span(scored.scores).subspan(row * 2, 2));
  }
  scored.rows.resize(examples.size());
  std::iota(scored.rows.begin(), scored.rows.end(), std::size_t{0});
  const std::vector<std::size_t> all = scored.rows;
  const model::Model whole = fit(examples, all);
  learned.told.resize(examples.size()), learned.folds = folds;
  for (std::uint32_t f = 0; f < folds; ++f) {
    scored.rows = rows_where(fold, f, false);
    const model::Model model = calibrated(whole, model::calibrate(scored, model::Goal::accuracy));
    for (const std::size_t row : rows_where(fold, f, true)) {
      float p[2];
      model.probabilities(std::span(scored.scores).subspan(row * 2, 2), p);
      learned.told[row] = p[1];
    }
  }
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const bool meant = examples.has(i, 1), said = learned.told[i] >= 0.5F;
    learned.quality.truly += meant ? 1 : 0, learned.quality.said += said ? 1 : 0;
    learned.quality.right += meant && said ? 1 : 0, learned.right += meant == said ? 1 : 0;
  }
  scored.rows = all;
  model::Info info = info_of(learned_from);
  info.quality = {{"examples", static_cast<double>(examples.size())},
                  {"accuracy", learned.right / static_cast<double>(examples.size())},
                  {"precision", learned.quality.precision()},
                  {"recall", learned.quality.recall()}};
  learned.model = std::make_shared<const model::Model>(
      info, std::vector<model::Output>(whole.outputs().begin(), whole.outputs().end()),
      model::calibrate(scored, model::Goal::accuracy),
      std::vector<std::int8_t>(whole.weights().begin(), whole.weights().end()));
  return learned;
}

}  // namespace earshot::context
