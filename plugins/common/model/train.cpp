#include "model/train.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>

namespace earshot::model {
namespace {

void check(const Examples& examples, const Info& info, const TrainOptions& options) {
  if (options.c.empty() || options.folds < 2) throw std::invalid_argument("there must be a C and two folds or more");
  std::vector<std::size_t> count(info.classes.size());
  bool groups = false;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (!info.any && examples.classes(i).size() != 1) throw std::invalid_argument("each example must have one class");
    for (const std::uint16_t c : examples.classes(i)) ++count.at(c);
    groups = groups || examples.group(i) != examples.group(0);
  }
  for (std::size_t c = 0; c < count.size(); ++c)
    if (count[c] == 0) throw std::invalid_argument("no example has the class '" + info.classes[c] + "'");
  if (!groups) throw std::invalid_argument("all examples are of one group: there is nothing to measure by");
}

std::vector<std::size_t> rows_where(std::span<const std::uint32_t> fold, std::uint32_t number, bool in) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < fold.size(); ++i)
    if ((fold[i] == number) == in) out.push_back(i);
  return out;
}

Model calibrated(const Model& model, std::vector<Calibration> calibration) {
  return {model.info(),
          {model.outputs().begin(), model.outputs().end()},
          std::move(calibration),
          {model.weights().begin(), model.weights().end()}};
}

// A model without weights, to calibrate and choose with.
Model chooser(const Info& info, std::vector<Calibration> calibration) {
  const std::size_t outputs = Model::outputs_for(info);
  return {info, std::vector<Output>(outputs), std::move(calibration),
          std::vector<std::int8_t>(Model::stride_for(outputs) << info.features.bits)};
}

Scored out_of_fold(const Examples& examples, const Info& info, const TrainOptions& options, double c,
                   std::span<const std::uint32_t> fold, std::uint32_t folds) {
  const std::size_t k = info.classes.size();
  Scored scored{&examples, k, info.any, std::vector<float>(examples.size() * k), {}};
  for (std::uint32_t f = 0; f < folds; ++f) {
    if (options.tell) options.tell("C " + std::to_string(c) + ", fold " + std::to_string(f + 1));
    const Model model = fit(examples, rows_where(fold, f, false), info, options, c);
    for (const std::size_t row : rows_where(fold, f, true))
      model.scores(examples.features(row), std::span(scored.scores).subspan(row * k, k));
  }
  return scored;
}

// Probabilities and choices for each fold by a calibration made on the others.
void answer(Scored& scored, const Info& info, const TrainOptions& options, std::uint32_t folds, Trained& to) {
  const std::size_t k = info.classes.size();
  to.probabilities.assign(scored.scores.size(), 0);
  to.said.assign(scored.examples->size(), kNothing);
  std::vector<char> holds(scored.scores.size());
  std::vector<float> told;
  std::vector<char> right;
  for (std::uint32_t f = 0; f < folds; ++f) {
    scored.rows = rows_where(to.fold, f, false);
    const Model model = chooser(info, calibrate(scored, options.goal));
    for (const std::size_t row : rows_where(to.fold, f, true)) {
      const std::span<float> p = std::span(to.probabilities).subspan(row * k, k);
      model.probabilities(std::span(scored.scores).subspan(row * k, k), p);
      if (!info.any) to.said[row] = static_cast<std::uint16_t>(model.choose(p));
      for (std::size_t c = 0; c < k; ++c) {
        holds[row * k + c] = info.any && model.holds(c, p[c]) ? 1 : 0;
        if (info.any || c == to.said[row]) told.push_back(p[c]), right.push_back(scored.examples->has(row, c) ? 1 : 0);
      }
    }
  }
  to.calibration_error = calibration_error(told, right);
  to.quality.clear();
  std::vector<std::uint16_t> truly(to.said.size());
  if (!info.any) {
    for (std::size_t i = 0; i < truly.size(); ++i) truly[i] = scored.examples->classes(i)[0];
    to.quality.emplace_back(k, truly, to.said);
    return;
  }
  std::vector<std::uint16_t> said(truly.size());
  for (std::size_t c = 0; c < k; ++c) {
    for (std::size_t i = 0; i < truly.size(); ++i)
      truly[i] = scored.examples->has(i, c) ? 1 : 0, said[i] = static_cast<std::uint16_t>(holds[i * k + c]);
    to.quality.emplace_back(2, truly, said);
  }
}

double value_of(const Trained& t, Goal goal) {
  if (t.quality.size() != 1) {
    double sum = 0;
    for (const Quality& q : t.quality) sum += q.classes()[1].f1();
    return sum / static_cast<double>(t.quality.size());
  }
  const Quality& q = t.quality[0];
  return goal == Goal::accuracy ? q.accuracy() : goal == Goal::macro_f1 ? q.macro_f1() : q.macro_recall();
}

}  // namespace

Trained train(const Examples& examples, const Info& info, const TrainOptions& options) {
  check(examples, info, options);
  Trained best;
  Scored best_scored;
  const std::vector<std::uint32_t> fold = examples.folds(options.folds, info.classes.size(), options.seed);
  const std::uint32_t folds = *std::max_element(fold.begin(), fold.end()) + 1;
  for (const double c : options.c) {
    Trained now;
    now.c = c, now.fold = fold;
    Scored scored = out_of_fold(examples, info, options, c, fold, folds);
    answer(scored, info, options, folds, now);
    if (best.quality.empty() || value_of(now, options.goal) > value_of(best, options.goal))
      best = std::move(now), best_scored = std::move(scored);
  }
  best_scored.rows.resize(examples.size());
  std::iota(best_scored.rows.begin(), best_scored.rows.end(), std::size_t{0});
  if (options.tell) options.tell("C " + std::to_string(best.c) + ", all examples");
  best.model = std::make_shared<const Model>(
      calibrated(fit(examples, best_scored.rows, info, options, best.c), calibrate(best_scored, options.goal)));
  return best;
}

}  // namespace earshot::model
