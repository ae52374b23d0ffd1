#include "share/mixture.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace earshot::share {
namespace {

constexpr std::size_t kRounds = 200;
constexpr double kLeast = 1e-6;

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

}  // namespace

Mixture::Mixture(std::span<const double> probabilities, std::span<const double> posts,
                 std::span<const double> trained_on, double strength, double unlike)
    : classes_(trained_on.size()),
      likelihoods_(probabilities.begin(), probabilities.end()),
      posts_(posts.begin(), posts.end()),
      expected_(trained_on.begin(), trained_on.end()),
      strength_(strength),
      mix_(expected_) {
  for (std::size_t i = 0; i < likelihoods_.size(); ++i)
    likelihoods_[i] = std::max(likelihoods_[i], kLeast) / expected_[i % classes_];
  const double all = std::accumulate(posts_.begin(), posts_.end(), 0.0);
  for (double& n : posts_) n /= 1 + all * unlike;
  maximise();
  look_around();
}

// Expectation and maximisation.
void Mixture::maximise() {
  const double all = std::accumulate(posts_.begin(), posts_.end(), 0.0) + strength_;
  std::vector<double> sum(classes_), p(classes_);
  for (std::size_t round = 0; round < kRounds; ++round) {
    std::fill(sum.begin(), sum.end(), 0.0);
    for (std::size_t i = 0; i < posts_.size(); ++i) {
      double total = 0;
      for (std::size_t c = 0; c < classes_; ++c) total += p[c] = likelihoods_[i * classes_ + c] * mix_[c];
      for (std::size_t c = 0; c < classes_; ++c) sum[c] += posts_[i] * p[c] / total;
    }
    double moved = 0;
    for (std::size_t c = 0; c < classes_; ++c) {
      const double next = (sum[c] + strength_ * expected_[c]) / all;
      moved += std::abs(next - mix_[c]), mix_[c] = next;
    }
    if (moved < 1e-9) break;
  }
}

double Mixture::expects(std::size_t c) const {
  return strength_ * expected_[c] / std::max(kLeast * kLeast, mix_[c] * mix_[c]);
}

// The variance of each share, from the curvature of the likelihood and of what is expected where they are best (Louis
// 1982). The last share is what the others leave.
void Mixture::look_around() {
  const std::size_t n = classes_ - 1;
  std::vector<double> information(n * n), slope(n);
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = 0; b < n; ++b) information[a * n + b] = expects(n) + (a == b ? expects(a) : 0);
  for (std::size_t i = 0; i < posts_.size(); ++i) {
    const double* row = likelihoods_.data() + i * classes_;
    double total = 0;
    for (std::size_t c = 0; c < classes_; ++c) total += row[c] * mix_[c];
    for (std::size_t c = 0; c < n; ++c) slope[c] = (row[c] - row[n]) / total;
    for (std::size_t a = 0; a < n; ++a)
      for (std::size_t b = 0; b < n; ++b) information[a * n + b] += posts_[i] * slope[a] * slope[b];
  }
  invert(information, n);
  variance_.assign(classes_, 0);
  for (std::size_t a = 0; a < n; ++a) {
    variance_[a] = information[a * n + a];
    for (std::size_t b = 0; b < n; ++b) variance_[n] += information[a * n + b];
  }
}

}  // namespace earshot::share
