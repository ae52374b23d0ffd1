#include "model/quality.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace earshot::model {
namespace {

constexpr std::size_t kRounds = 400;  // of the bootstrap

double mean_f1(std::span<const ClassQuality> all) {
  double sum = 0, count = 0;
  for (const ClassQuality& c : all)
    if (c.truly + c.said > 0) sum += c.f1(), ++count;
  return count > 0 ? sum / count : 0;
}

Interval middle(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  return {values[values.size() / 40], values[values.size() - 1 - values.size() / 40]};
}

}  // namespace

Interval wilson(double hits, double of) {
  if (of <= 0) return {0, 1};
  constexpr double z = 1.959964;
  const double p = hits / of, z2 = z * z / of;
  const double centre = (p + z2 / 2) / (1 + z2);
  const double half = z * std::sqrt(p * (1 - p) / of + z2 / (4 * of)) / (1 + z2);
  return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

Quality::Quality(std::size_t classes, std::span<const std::uint16_t> truly, std::span<const std::uint16_t> said)
    : all_(classes), confusion_(classes * (classes + 1)), total_(static_cast<double>(truly.size())) {
  const std::size_t width = classes + 1;
  for (std::size_t i = 0; i < truly.size(); ++i)
    ++confusion_[truly[i] * width + std::min<std::size_t>(said[i], classes)];
  const auto fill = [&](std::span<const double> counts, std::vector<ClassQuality>& to) {
    for (ClassQuality& c : to) c.truly = c.said = c.right = 0;
    for (std::size_t t = 0; t < classes; ++t)
      for (std::size_t s = 0; s < width; ++s) {
        const double n = counts[t * width + s];
        to[t].truly += n;
        if (s < classes) to[s].said += n;
        if (s == t) to[t].right += n;
      }
  };
  fill(confusion_, all_);

  // Each cell drawn as a Poisson number: the bootstrap of so many examples, without drawing each of them.
  std::mt19937_64 random(1);
  std::vector<ClassQuality> drawn(classes);
  std::vector<std::vector<double>> f1(classes);
  std::vector<double> macro;
  std::vector<double> counts(confusion_.size());
  for (std::size_t round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < counts.size(); ++i)
      counts[i] = confusion_[i] > 0 ? std::poisson_distribution<int>(confusion_[i])(random) : 0;
    fill(counts, drawn);
    for (std::size_t c = 0; c < classes; ++c) f1[c].push_back(drawn[c].f1());
    macro.push_back(mean_f1(drawn));
  }
  for (std::size_t c = 0; c < classes; ++c) all_[c].f1_interval = middle(f1[c]);
  macro_interval_ = middle(macro);
}

double Quality::accuracy() const {
  double right = 0;
  for (const ClassQuality& c : all_) right += c.right;
  return total_ > 0 ? right / total_ : 0;
}
double Quality::macro_f1() const {
  return mean_f1(all_);
}
double Quality::macro_recall() const {
  double sum = 0, count = 0;
  for (const ClassQuality& c : all_)
    if (c.truly > 0) sum += c.recall(), ++count;
  return count > 0 ? sum / count : 0;
}
double Quality::answered() const {
  double said = 0;
  for (const ClassQuality& c : all_) said += c.said;
  return total_ > 0 ? said / total_ : 0;
}

double calibration_error(std::span<const float> told, std::span<const char> right) {
  struct Bin {
    double count = 0, told = 0, right = 0;
  };
  std::array<Bin, 10> bins;
  for (std::size_t i = 0; i < told.size(); ++i) {
    Bin& bin = bins[std::min<std::size_t>(9, static_cast<std::size_t>(std::max(0.0F, told[i]) * 10))];
    ++bin.count, bin.told += static_cast<double>(told[i]), bin.right += right[i] != 0 ? 1 : 0;
  }
  double error = 0;
  for (const Bin& bin : bins) error += std::abs(bin.told - bin.right);
  return told.empty() ? 0 : error / static_cast<double>(told.size());
}

}  // namespace earshot::model
