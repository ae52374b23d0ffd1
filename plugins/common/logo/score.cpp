#include "logo/score.hpp"

#include <cmath>
#include <numeric>

namespace earshot::logo {
namespace {

// Of Evidence: edges that run as they should, light on their sides, the part of the logo that agrees, the part within
// the picture, features that agree (logarithm), edges that the logo has (logarithm), its size here in pixels
// (logarithm), correlation of light, edges from afar, correlation of colour, edges where it has none, rank as
// candidate.
constexpr Evidence kWeights{1.789F, -1.145F, -1.070F, 11.049F, 0.621F,  1.367F,
                            1.792F, 0.846F,  2.096F,  2.952F,  -1.398F, 0.504F};
// Of products: edges and part, edges and light, light twice, edges twice, edges and features.
constexpr std::array<float, 5> kTogether{-2.717F, 0.711F, -1.389F, 5.672F, 1.815F};
// So that what scores a half and more is right in about nineteen of twenty.
constexpr float kBase = -34.6F;

}  // namespace

double score(const Evidence& e) {
  const std::array<float, 5> together{e[0] * e[2], e[7] * e[0], e[7] * e[7], e[0] * e[0], e[4] * e[0]};
  float z = std::inner_product(e.begin(), e.end(), kWeights.begin(), kBase);
  z = std::inner_product(together.begin(), together.end(), kTogether.begin(), z);
  return 1 / (1 + std::exp(-double{z}));
}

}  // namespace earshot::logo
