#include "share/share.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace earshot::share {
namespace {

constexpr double kLeast = 1e-6;
constexpr std::size_t kRounds = 200;

// Positive and adding up to 1.
void normalise(std::vector<double>& mix) {
  for (double& x : mix) x = x > kLeast ? x : kLeast;
  const double sum = std::accumulate(mix.begin(), mix.end(), 0.0);
  for (double& x : mix) x /= sum;
}

void complete(std::vector<double>& mix, const std::vector<double>& otherwise) {
  if (mix.size() != otherwise.size()) mix = otherwise;
  normalise(mix);
}

// Inverts a symmetric positive definite matrix of n rows in place (Gauss and Jordan; no pivots are needed).
void invert(std::vector<double>& a, std::size_t n) {
  for (std::size_t k = 0; k < n; ++k) {
    const double pivot = std::max(a[k * n + k], 1e-300);
    a[k * n + k] = 1;
    for (std::size_t j = 0; j < n; ++j) a[k * n + j] /= pivot;
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const double f = a[i * n + k];
      a[i * n + k] = 0;
      for (std::size_t j = 0; j < n; ++j) a[i * n + j] -= f * a[k * n + j];
    }
  }
}

double logistic(double x) {
  return 1 / (1 + std::exp(-x));
}

}  // namespace

Kind only(const Kind& kind, std::span<const std::string> values) {
  Kind out = kind;
  out.values.clear(), out.trained_on.clear(), out.silent.clear(), out.expected.clear();
  for (const std::string& value : values) {
    const auto at =
        static_cast<std::size_t>(std::find(kind.values.begin(), kind.values.end(), value) - kind.values.begin());
    if (at == kind.values.size()) continue;
    out.values.push_back(value);
    if (at < kind.trained_on.size()) out.trained_on.push_back(kind.trained_on[at]);
    if (at < kind.silent.size()) out.silent.push_back(kind.silent[at]);
    if (at < kind.expected.size()) out.expected.push_back(kind.expected[at]);
  }
  return out;
}

Estimator::Estimator(Kind kind) : kind_(std::move(kind)) {
  complete(kind_.trained_on, std::vector<double>(kind_.values.size(), 1));
  complete(kind_.silent, kind_.trained_on);
  complete(kind_.expected, kind_.trained_on);
}

void Estimator::add(std::span<const double> probabilities, double posts) {
  if (probabilities.size() != kind_.values.size() || !(posts > 0)) return;
  for (std::size_t c = 0; c < probabilities.size(); ++c)
    rows_.push_back((probabilities[c] > kLeast ? std::min(probabilities[c], 1.0) : kLeast) / kind_.trained_on[c]);
  weights_.push_back(posts), posts_ += posts;
}

void Estimator::add(std::string_view value, double probability, double posts) {
  const auto at = static_cast<std::size_t>(std::find(values().begin(), values().end(), value) - values().begin());
  if (at == values().size()) return;
  std::vector<double> row = kind_.trained_on;
  const double rest = std::max(kLeast, 1 - row[at]);
  for (double& p : row) p *= (1 - probability) / rest;
  row[at] = probability;
  add(row, posts);
}

void Estimator::add_silent(double posts) {
  add(kind_.silent, posts);
}

std::vector<double> Estimator::mix() const {
  const std::size_t k = values().size();
  std::vector<double> now = kind_.expected, sum(k), p(k);
  if (weights_.empty()) return now;
  for (std::size_t round = 0; round < kRounds; ++round) {
    std::fill(sum.begin(), sum.end(), 0.0);
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      double total = 0;
      for (std::size_t c = 0; c < k; ++c) total += p[c] = rows_[i * k + c] * now[c];
      for (std::size_t c = 0; c < k && total > 0; ++c) sum[c] += weights_[i] * p[c] / total;
    }
    double moved = 0;
    for (std::size_t c = 0; c < k; ++c) {
      const double next = (sum[c] + kind_.strength * kind_.expected[c]) / (posts_ + kind_.strength);
      moved += std::abs(next - now[c]), now[c] = next;
    }
    if (moved < 1e-9) break;
  }
  return now;
}

// Of the shares, from the curvature of the likelihood and of the expectation where they are best (Louis 1982). The last
// share is what the others leave.
std::vector<double> Estimator::variances(std::span<const double> mix) const {
  const std::size_t k = values().size(), n = k - 1;
  std::vector<double> information(n * n), slope(n);
  const auto expects = [&](std::size_t c) {
    return kind_.strength * kind_.expected[c] / std::max(kLeast * kLeast, mix[c] * mix[c]);
  };
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = 0; b < n; ++b) information[a * n + b] = expects(n) + (a == b ? expects(a) : 0);
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    const double* row = rows_.data() + i * k;
    double total = 0;
    for (std::size_t c = 0; c < k; ++c) total += row[c] * mix[c];
    for (std::size_t c = 0; c < n; ++c) slope[c] = (row[c] - row[n]) / total;
    for (std::size_t a = 0; a < n; ++a)
      for (std::size_t b = 0; b < n; ++b) information[a * n + b] += weights_[i] * slope[a] * slope[b];
  }
  invert(information, n);
  std::vector<double> out(k);
  for (std::size_t a = 0; a < n; ++a) {
    out[a] = information[a * n + a];
    for (std::size_t b = 0; b < n; ++b) out[n] += information[a * n + b];
  }
  return out;
}

std::vector<Share> Estimator::shares() const {
  std::vector<Share> out;
  if (values().empty()) return out;
  const std::vector<double> at = mix();
  if (values().size() == 1) return {{1, 1, 1}};
  const std::vector<double> variance = variances(at);
  for (std::size_t c = 0; c < at.size(); ++c) {
    // In log odds, so that an interval stays between 0 and 1.
    const double share = std::clamp(at[c], kLeast, 1 - kLeast), odds = std::log(share / (1 - share));
    const double by_chance = std::max(0.0, variance[c]) / std::pow(share * (1 - share), 2);
    const double half = 1.959963984540054 * std::sqrt(by_chance + kind_.unlike * kind_.unlike);
    out.push_back({share, logistic(odds - half), logistic(odds + half)});
  }
  return out;
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

}  // namespace earshot::share
