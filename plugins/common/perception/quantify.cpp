#include "perception/quantify.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace earshot::perception {
namespace {

constexpr double kLeast = 1e-6;

std::vector<double> mix(std::span<const double> given, std::size_t classes) {
  std::vector<double> out(given.begin(), given.end());
  out.resize(classes, given.empty() ? 1.0 : 0.0);
  for (double& x : out) x = std::max(x, kLeast);
  const double sum = std::accumulate(out.begin(), out.end(), 0.0);
  for (double& x : out) x /= sum;
  return out;
}

}  // namespace

std::vector<double> shares(std::span<const float> probabilities, std::size_t classes, const QuantifyOptions& options) {
  const std::vector<double> trained = mix(options.trained_on, classes);
  const std::vector<double> before = options.before.empty() ? trained : mix(options.before, classes);
  const std::size_t posts = classes == 0 ? 0 : probabilities.size() / classes;
  std::vector<double> now = before, sum(classes), p(classes);
  for (std::size_t round = 0; round < options.rounds && posts > 0; ++round) {
    std::fill(sum.begin(), sum.end(), 0.0);
    for (std::size_t i = 0; i < posts; ++i) {
      double total = 0;
      for (std::size_t c = 0; c < classes; ++c)
        total += p[c] = static_cast<double>(probabilities[i * classes + c]) * now[c] / trained[c];
      for (std::size_t c = 0; c < classes && total > 0; ++c) sum[c] += p[c] / total;
    }
    double moved = 0;
    const double all = std::accumulate(sum.begin(), sum.end(), 0.0) + options.strength;
    for (std::size_t c = 0; c < classes && all > 0; ++c) {
      const double next = (sum[c] + options.strength * before[c]) / all;
      moved += std::abs(next - now[c]), now[c] = next;
    }
    if (moved < 1e-9) break;
  }
  return now;
}

double divergence(std::span<const double> truly, std::span<const double> said, double posts) {
  const double epsilon = 1 / (2 * std::max(1.0, posts)), all = 1 + epsilon * static_cast<double>(truly.size());
  double sum = 0;
  for (std::size_t c = 0; c < truly.size(); ++c) {
    const double p = (truly[c] + epsilon) / all, q = (said[c] + epsilon) / all;
    sum += p * std::log(p / q);
  }
  return sum;
}

}  // namespace earshot::perception
