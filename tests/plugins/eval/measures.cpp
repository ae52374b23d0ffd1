// The measures, against figures computed by hand.
#include "measures.hpp"

#include <catch2/catch.hpp>

#include "cells.hpp"

using namespace earshot::eval;

TEST_CASE("Wilson's interval of 8 of 10 is 0.490 to 0.943, and stays within 0 and 1") {
  const Interval of = wilson(8, 10);
  CHECK(of.low == Approx(0.490162).epsilon(1e-5));
  CHECK(of.high == Approx(0.943318).epsilon(1e-5));
  CHECK(wilson(0, 5).low == 0);
  CHECK(wilson(5, 5).high == 1);
  CHECK(std::isnan(wilson(0, 0).low));
}

TEST_CASE("F1 is the harmonic mean, 0 where both are 0, undefined where one is") {
  CHECK(f1(0.5, 1) == Approx(2.0 / 3));
  CHECK(f1(0, 0) == 0);
  CHECK(std::isnan(f1(kUndefined, 1)));
}

TEST_CASE("the divergence of shares is smoothed by the number of posts") {
  const std::vector<double> truly{3, 1}, said{2, 2};
  // smoothed by 1/8: p = .7, .3 and q = .5, .5
  CHECK(divergence(truly, said) == Approx(0.7 * std::log(1.4) + 0.3 * std::log(0.6)));
  CHECK(divergence(truly, truly) == Approx(0).margin(1e-12));
  CHECK(std::isnan(divergence(truly, std::vector<double>{0, 0})));
}

TEST_CASE("McNemar of 1 against 9 is 22 in 1024, and of even counts 1") {
  CHECK(mcnemar(1, 9) == Approx(22.0 / 1024));
  CHECK(mcnemar(9, 1) == Approx(22.0 / 1024));
  CHECK(mcnemar(4, 4) == 1);
  CHECK(mcnemar(0, 0) == 1);
}

TEST_CASE("pairs are counted at both of their posts") {
  // truly abc de, said ab cd e: one pair right of two said and four true
  const std::vector<std::uint32_t> truly{0, 0, 0, 1, 1}, said{0, 0, 1, 1, 2};
  double right = 0, told = 0, are = 0;
  for (const PairCounts& n : pairs(truly, said)) right += n.right, told += n.said, are += n.truly;
  CHECK(right / 2 == 1);
  CHECK(told / 2 == 2);
  CHECK(are / 2 == 4);
}

TEST_CASE("the calibration error is how far the scores are from the share of right answers, bin by bin") {
  CHECK(calibration_error({{0.9, true}, {0.9, false}, {0.6, true}}) == Approx((0.8 + 0.4) / 3));
  CHECK(std::isnan(calibration_error({})));
}
