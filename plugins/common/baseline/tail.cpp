#include "baseline/tail.hpp"

#include <algorithm>
#include <cmath>

namespace earshot::baseline {
namespace {

// Half the deviance: ln of the likelihood at the best fitting mean over that at `mean`, the shape being the same.
double half_deviance(double y, double mean, double variance) {
  const double logs = y > 0 ? y * std::log(y / mean) : 0;
  if (variance <= mean * 1.000001) return logs - (y - mean);
  const double shape = mean * mean / (variance - mean);
  return logs - (y + shape) * std::log((y + shape) / (mean + shape));
}

// The signed root of the deviance is close to a standard normal: -ln of its upper tail, within a few percent.
double tail_of(double half) {
  half = std::max(half, 0.0);
  return half + std::log(std::sqrt(4 * M_PI * half) + 2);
}

}  // namespace

double surprise_above(double observed, double mean, double variance) {
  const double y = observed - 0.5;  // continuity
  return y <= mean ? 0 : tail_of(half_deviance(y, mean, variance));
}

double surprise_below(double observed, double mean, double variance) {
  const double y = observed + 0.5;
  return y >= mean ? 0 : tail_of(half_deviance(y, mean, variance));
}

double surprise_apart(double observed, double mean, double variance) {
  const double apart = observed - mean;
  return tail_of(apart * apart / (2 * std::max(variance, 1e-12)));
}

}  // namespace earshot::baseline
