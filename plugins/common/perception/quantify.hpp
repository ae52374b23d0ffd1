// quantify.hpp: the share of each class among many posts, as a dashboard shows it. Counting answers is off wherever the
// mix differs from that of training; here the mix is estimated together with the probabilities by expectation and
// maximisation (Saerens, Latinne, Decaestecker 2002), drawn a little towards what was seen before where there are few
// posts. Free functions; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace earshot::perception {

struct QuantifyOptions {
  std::vector<double> trained_on{};  // the mix that the probabilities were calibrated for; empty: all alike
  std::vector<double> before{};      // the mix that is expected before any post is seen; empty: as trained_on
  double strength = 8;               // so many posts is that expectation worth
  std::size_t rounds = 100;
};

// `probabilities`: calibrated, a row of `classes` numbers for each post. Returns the shares, which add up to 1; without
// posts, those that are expected.
std::vector<double> shares(std::span<const float> probabilities, std::size_t classes, const QuantifyOptions& options);

// Kullback-Leibler divergence of two mixes, smoothed as SemEval 2017 task 4 does: by 1 / (2 * posts).
double divergence(std::span<const double> truly, std::span<const double> said, double posts);

}  // namespace earshot::perception
