#include "perception/quantify.hpp"

#include <catch2/catch.hpp>
#include <random>

using earshot::perception::divergence;
using earshot::perception::shares;

namespace {

// Posts of a class that holds with `share`, and what a calibrated model that learned from an even mix says of them:
// scores around +1 and -1 with a variance of 2 have these log odds.
std::vector<float> posts(double share, std::size_t count) {
  std::mt19937 random(7);
  std::normal_distribution<double> noise(0, std::sqrt(2.0));
  std::vector<float> out;
  for (std::size_t i = 0; i < count; ++i) {
    const bool is = static_cast<double>(i) < share * static_cast<double>(count);
    const double odds = (is ? 1.0 : -1.0) + noise(random);
    const double p = 1 / (1 + std::exp(-odds));
    out.push_back(static_cast<float>(1 - p)), out.push_back(static_cast<float>(p));
  }
  return out;
}

double counted(const std::vector<float>& p) {
  double n = 0;
  for (std::size_t i = 1; i < p.size(); i += 2) n += p[i] > 0.5F;
  return n / (static_cast<double>(p.size()) / 2);
}

}  // namespace

TEST_CASE("the share of a class is found where the mix is another than in training") {
  const double share = GENERATE(0.05, 0.2, 0.5, 0.9);
  const auto p = posts(share, 4000);
  CHECK(shares(p, 2, {})[1] == Approx(share).margin(0.04));
}

TEST_CASE("counting answers is further off") {
  const auto p = posts(0.05, 4000);
  CHECK(std::abs(counted(p) - 0.05) > 3 * std::abs(shares(p, 2, {})[1] - 0.05));
}

TEST_CASE("without posts the shares are those that are expected") {
  CHECK(shares({}, 2, {.before = {0.25, 0.75}})[1] == Approx(0.75));
  CHECK(shares({}, 3, {})[0] == Approx(1.0 / 3));
}

TEST_CASE("shares add up to one whatever they are made of") {
  const std::vector<float> odd{0, 0, 0, 1, 0, 0, 0, 0, 1};
  const auto s = shares(odd, 3, {});
  CHECK(s[0] + s[1] + s[2] == Approx(1));
  CHECK(shares({}, 0, {}).empty());
}

TEST_CASE("divergence is none between equal mixes, and more the further they are apart") {
  const std::vector<double> a{0.3, 0.7}, b{0.4, 0.6}, c{0.9, 0.1};
  CHECK(divergence(a, a, 50) == Approx(0).margin(1e-12));
  CHECK(divergence(a, b, 50) > 0);
  CHECK(divergence(a, c, 50) > divergence(a, b, 50));
}
