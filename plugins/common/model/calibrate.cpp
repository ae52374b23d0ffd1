#include "model/calibrate.hpp"

#include <algorithm>
#include <cmath>

#include "model/quality.hpp"

namespace earshot::model {
namespace {

constexpr double kTowardsPlain =
    1e-3;  // how strongly a slope is drawn to the mean slope, for classes with few examples

// Gradient descent with a step for each number (Rprop, Riedmiller and Braun 1993): no rate to choose, deterministic.
class Rprop {
 public:
  explicit Rprop(std::size_t size) : step_(size, 0.1), last_(size) {}
  void move(std::span<double> at, std::span<const double> gradient) {
    for (std::size_t i = 0; i < at.size(); ++i) {
      const double turn = gradient[i] * last_[i];
      step_[i] = std::clamp(step_[i] * (turn > 0 ? 1.2 : turn < 0 ? 0.5 : 1), 1e-7, 5.0);
      last_[i] = turn < 0 ? 0 : gradient[i];
      if (last_[i] != 0) at[i] -= std::copysign(step_[i], last_[i]);
    }
  }

 private:
  std::vector<double> step_, last_;
};

struct Fit {
  const Scored& scored;
  std::vector<double> at;  // slopes, then shifts
  std::vector<double> p;

  explicit Fit(const Scored& s) : scored(s), at(2 * s.classes), p(s.classes) {
    std::fill_n(at.begin(), s.classes, 1.0);
  }

  void predict(const float* scores) {
    double most = -1e300, sum = 0;
    for (std::size_t c = 0; c < p.size(); ++c)
      p[c] = static_cast<double>(scores[c]) * at[c] + at[p.size() + c], most = std::max(most, p[c]);
    if (scored.any) {
      for (double& x : p) x = 1 / (1 + std::exp(-x));
      return;
    }
    for (double& x : p) sum += x = std::exp(x - most);
    for (double& x : p) x /= sum;
  }

  void gradient(std::span<double> to) {
    const std::size_t k = p.size();
    std::fill(to.begin(), to.end(), 0);
    // Nobody is sure beyond what so many examples can show (Platt 1999), however well they part.
    const double doubt = 1 / (static_cast<double>(scored.rows.size()) + 2);
    const double doubt_of_other = scored.any || k == 2 ? doubt : doubt / static_cast<double>(k - 1);
    for (const std::size_t row : scored.rows) {
      const float* scores = scored.scores.data() + row * k;
      predict(scores);
      for (std::size_t c = 0; c < k; ++c) p[c] -= doubt_of_other;
      for (const std::uint16_t c : scored.examples->classes(row)) p[c] -= 1 - doubt - doubt_of_other;
      for (std::size_t c = 0; c < k; ++c) to[c] += p[c] * static_cast<double>(scores[c]), to[k + c] += p[c];
    }
    double mean = 0;
    for (std::size_t c = 0; c < k; ++c) mean += at[c] / static_cast<double>(k);
    const double n = static_cast<double>(std::max<std::size_t>(1, scored.rows.size()));
    for (double& g : to) g /= n;
    for (std::size_t c = 0; c < k; ++c) to[c] += kTowardsPlain * (at[c] - mean), to[k + c] += kTowardsPlain * at[k + c];
  }
};

struct Counts {
  double truly = 0, said = 0, right = 0;
};

double value_of(std::span<const Counts> counts, Goal goal) {
  double sum = 0, right = 0, total = 0, seen = 0;
  for (const Counts& c : counts) {
    right += c.right, total += c.truly;
    if (c.truly == 0) continue;
    ++seen;
    sum += goal == Goal::macro_recall ? c.right / c.truly : 2 * c.right / (c.truly + c.said);
  }
  return goal == Goal::accuracy ? right / std::max(1.0, total) : sum / std::max(1.0, seen);
}

// 0, -1, 1, -2, 2 …: of places that are as good as each other the least change is taken.
std::vector<int> from_zero(int most) {
  std::vector<int> out{0};
  for (int step = 1; step <= most; ++step) out.push_back(-step), out.push_back(step);
  return out;
}

// One class after the other is moved to where the goal is served best, a few times round.
void tune_choice(const Scored& scored, std::span<Calibration> calibration, std::span<const float> logs, Goal goal) {
  const std::size_t k = scored.classes;
  const auto try_it = [&] {
    std::vector<Counts> counts(k);
    for (std::size_t i = 0; i < scored.rows.size(); ++i) {
      std::size_t best = 0;
      for (std::size_t c = 1; c < k; ++c)
        if (logs[i * k + c] + calibration[c].offset > logs[i * k + best] + calibration[best].offset) best = c;
      const std::uint16_t truly = scored.examples->classes(scored.rows[i])[0];
      ++counts[truly].truly, ++counts[best].said;
      if (best == truly) ++counts[best].right;
    }
    return value_of(counts, goal);
  };
  double best = try_it();
  for (int round = 0; round < 3; ++round)
    for (std::size_t c = k == 2 ? 1 : 0; c < k; ++c) {
      const float before = calibration[c].offset;
      float kept = before;
      for (const int step : from_zero(8)) {
        calibration[c].offset = before + static_cast<float>(step) * (round == 0 ? 0.2F : 0.05F);
        // Only for what is more than chance: a wide plateau keeps the plain choice.
        if (const double value = try_it(); value > best + 1e-4) best = value, kept = calibration[c].offset;
      }
      calibration[c].offset = kept;
    }
}

// For `any`: the threshold of each class that gives it the best F1.
void tune_threshold(const Scored& scored, std::span<Calibration> calibration, std::span<const float> odds) {
  const std::size_t k = scored.classes;
  for (std::size_t c = 0; c < k; ++c) {
    double best = -1;
    float kept = 0;
    for (const int step : from_zero(30)) {
      const float offset = static_cast<float>(step) * 0.1F;
      Counts counts;
      for (std::size_t i = 0; i < scored.rows.size(); ++i) {
        const bool truly = scored.examples->has(scored.rows[i], c), said = odds[i * k + c] + offset > 0;
        counts.truly += truly, counts.said += said, counts.right += truly && said;
      }
      const double value = 2 * counts.right / std::max(1.0, counts.truly + counts.said);
      if (value > best + 1e-4) best = value, kept = offset;
    }
    calibration[c].offset = kept;
  }
}

}  // namespace

std::vector<Calibration> calibrate(const Scored& scored, Goal goal) {
  const std::size_t k = scored.classes;
  if (goal == Goal::plain) return std::vector<Calibration>(k);
  Fit fit(scored);
  Rprop rprop(2 * k);
  std::vector<double> gradient(2 * k);
  for (int round = 0; round < 150; ++round) {
    fit.gradient(gradient);
    rprop.move(fit.at, gradient);
    for (std::size_t c = 0; c < k; ++c) fit.at[c] = std::max(fit.at[c], 0.01);
  }
  std::vector<Calibration> out(k);
  for (std::size_t c = 0; c < k; ++c) out[c] = {static_cast<float>(fit.at[c]), static_cast<float>(fit.at[k + c]), 0};
  std::vector<float> values;
  for (const std::size_t row : scored.rows) {
    fit.predict(scored.scores.data() + row * k);
    for (const double p : fit.p)
      values.push_back(static_cast<float>(scored.any ? std::log(p / (1 - p)) : std::log(std::max(p, 1e-30))));
  }
  if (scored.any) {
    tune_threshold(scored, out, values);
  } else {
    tune_choice(scored, out, values, goal);
  }
  return out;
}

}  // namespace earshot::model
