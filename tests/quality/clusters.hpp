// clusters.hpp: how well found clusters agree with true ones. Values; any thread.
#pragma once

#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace earshot::quality {

struct Pairwise {
  double precision = 0, recall = 0, f1 = 0;
};

// Of all pairs of items that are of one found cluster, those of one true cluster, and the other way round.
inline Pairwise pairwise(const std::vector<std::string>& truth, const std::vector<std::string>& found) {
  std::map<std::string, std::uint64_t> t, f;
  std::map<std::pair<std::string, std::string>, std::uint64_t> both;
  for (std::size_t i = 0; i < truth.size(); ++i) ++t[truth[i]], ++f[found[i]], ++both[{truth[i], found[i]}];
  const auto pairs = [](const auto& counts) {
    double sum = 0;
    for (const auto& [name, n] : counts) sum += static_cast<double>(n) * static_cast<double>(n - 1) / 2;
    return sum;
  };
  const double right = pairs(both), said = pairs(f), wanted = pairs(t);
  Pairwise p;
  p.precision = said > 0 ? right / said : 1, p.recall = wanted > 0 ? right / wanted : 1;
  p.f1 = right > 0 ? 2 * p.precision * p.recall / (p.precision + p.recall) : 0;
  return p;
}

struct Agreement {
  double purity = 0, nmi = 0, homogeneity = 0, completeness = 0;
};

// Normalised mutual information by the arithmetic mean of the entropies.
inline Agreement agreement(const std::vector<std::string>& truth, const std::vector<std::string>& found) {
  std::map<std::string, double> t, f;
  std::map<std::string, std::map<std::string, double>> in;  // found, then true
  const auto n = static_cast<double>(truth.size());
  for (std::size_t i = 0; i < truth.size(); ++i) ++t[truth[i]], ++f[found[i]], ++in[found[i]][truth[i]];
  const auto entropy = [&](const auto& counts) {
    double sum = 0;
    for (const auto& [name, c] : counts) sum -= c / n * std::log(c / n);
    return sum;
  };
  Agreement a;
  double mutual = 0;
  for (const auto& [cluster, counts] : in) {
    double most = 0;
    for (const auto& [name, c] : counts) {
      most = std::max(most, c);
      mutual += c / n * std::log(c * n / (f[cluster] * t[name]));
    }
    a.purity += most / n;
  }
  const double ht = entropy(t), hf = entropy(f);
  a.homogeneity = ht > 0 ? mutual / ht : 1, a.completeness = hf > 0 ? mutual / hf : 1;
  a.nmi = ht + hf > 0 ? 2 * mutual / (ht + hf) : 1;
  return a;
}

}  // namespace earshot::quality
