#include "share/share.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "share/mixture.hpp"

namespace earshot::share {
namespace {

constexpr double kLeast = 1e-6;

// Positive and adding up to 1.
void normalise(std::span<double> mix) {
  for (double& x : mix) x = x > kLeast ? std::min(x, 1.0) : kLeast;
  const double sum = std::accumulate(mix.begin(), mix.end(), 0.0);
  for (double& x : mix) x /= sum;
}

void complete(std::vector<double>& mix, const std::vector<double>& otherwise) {
  if (mix.size() != otherwise.size()) mix = otherwise;
  normalise(mix);
}

// In log odds, so that an interval stays between 0 and 1.
Share with_interval(double share, double variance) {
  const double at = std::clamp(share, kLeast, 1 - kLeast), odds = std::log(at / (1 - at));
  const double half = 1.959963984540054 * std::sqrt(std::max(0.0, variance)) / (at * (1 - at));
  const auto logistic = [](double x) { return 1 / (1 + std::exp(-x)); };
  return {at, logistic(odds - half), logistic(odds + half)};
}

std::size_t place(const std::vector<std::string>& all, std::string_view value) {
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), value) - all.begin());
}

}  // namespace

Kind only(const Kind& kind, std::span<const std::string> values) {
  Kind out = kind;
  out.values.clear(), out.trained_on.clear(), out.silent.clear(), out.apart.clear();
  for (const std::string& value : values) {
    const std::size_t at = place(kind.values, value);
    if (at == kind.values.size()) continue;
    out.values.push_back(value);
    if (at < kind.trained_on.size()) out.trained_on.push_back(kind.trained_on[at]);
    if (at < kind.silent.size()) out.silent.push_back(kind.silent[at]);
    if (value == kind.apart) out.apart = value;
  }
  return out;
}

Estimator::Estimator(Kind kind) : kind_(std::move(kind)) {
  complete(kind_.trained_on, std::vector<double>(kind_.values.size(), 1));
  complete(kind_.silent, kind_.trained_on);
}

void Estimator::add(std::span<const double> probabilities, double posts) {
  if (probabilities.size() != values().size() || !(posts > 0)) return;
  rows_.insert(rows_.end(), probabilities.begin(), probabilities.end());
  normalise(std::span(rows_).last(values().size()));
  weights_.push_back(posts), posts_ += posts;
}

void Estimator::add(std::string_view value, double probability, double posts) {
  const std::size_t at = place(values(), value);
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

std::vector<Share> Estimator::shares() const {
  const std::size_t k = values().size(), apart = place(values(), kind_.apart);
  if (k < 2) return std::vector<Share>(k, Share{1, 1, 1});
  std::vector<Share> out(k);
  if (apart == k || k == 2) {
    const Mixture mixture(rows_, weights_, kind_.trained_on, kind_.trust.strength, kind_.trust.unlike);
    for (std::size_t c = 0; c < k; ++c) out[c] = with_interval(mixture.mix()[c], mixture.variance()[c]);
    return out;
  }
  std::vector<double> first, others, weights, trained;
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    const double p = rows_[i * k + apart];
    first.push_back(p), first.push_back(1 - p);
    weights.push_back(weights_[i] * (1 - p));
    for (std::size_t c = 0; c < k; ++c)
      if (c != apart) others.push_back(rows_[i * k + c] / (1 - p));
  }
  for (std::size_t c = 0; c < k; ++c)
    if (c != apart) trained.push_back(kind_.trained_on[c] / (1 - kind_.trained_on[apart]));
  const std::vector<double> two{kind_.trained_on[apart], 1 - kind_.trained_on[apart]};
  const Mixture of_first(first, weights_, two, kind_.of_apart.strength, kind_.of_apart.unlike);
  const Mixture of_others(others, weights, trained, kind_.trust.strength, kind_.trust.unlike);
  const double left = of_first.mix()[1];
  for (std::size_t c = 0, o = 0; c < k; ++c) {
    if (c == apart) {
      out[c] = with_interval(of_first.mix()[0], of_first.variance()[0]);
      continue;
    }
    const double share = of_others.mix()[o], variance = of_others.variance()[o++];
    out[c] = with_interval(left * share, share * share * of_first.variance()[1] + left * left * variance);
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
