// Figures of quality, against values worked out by hand.
#include "model/quality.hpp"

#include <catch2/catch.hpp>

using namespace earshot::model;

TEST_CASE("precision, recall and F1 are as defined") {
  const std::vector<std::uint16_t> truly{0, 0, 0, 0, 1, 1, 1, 2};
  const std::vector<std::uint16_t> said{0, 0, 0, 1, 1, 1, kNothing, 0};
  const Quality q(3, truly, said);
  CHECK(q.classes()[0].precision() == Approx(3.0 / 4));
  CHECK(q.classes()[0].recall() == Approx(3.0 / 4));
  CHECK(q.classes()[1].precision() == Approx(2.0 / 3));
  CHECK(q.classes()[1].recall() == Approx(2.0 / 3));
  CHECK(q.classes()[2].f1() == 0);
  CHECK(q.accuracy() == Approx(5.0 / 8));
  CHECK(q.answered() == Approx(7.0 / 8));
  CHECK(q.macro_recall() == Approx((0.75 + 2.0 / 3) / 3));
  CHECK(q.macro_f1() == Approx((0.75 + 2.0 / 3) / 3));
  CHECK(q.count(1, 3) == 1);
  CHECK(q.count(2, 0) == 1);
}

TEST_CASE("Wilson's interval") {
  CHECK(wilson(8, 10).low == Approx(0.4902).margin(1e-3));
  CHECK(wilson(8, 10).high == Approx(0.9433).margin(1e-3));
  CHECK(wilson(0, 10).low == Approx(0).margin(1e-9));
  CHECK(wilson(10, 10).high == Approx(1));
}

TEST_CASE("the bootstrap's interval holds the figure and narrows with more examples") {
  const auto width = [](std::size_t n) {
    std::vector<std::uint16_t> truly, said;
    for (std::size_t i = 0; i < n; ++i)
      truly.push_back(static_cast<std::uint16_t>(i % 2)),
          said.push_back(static_cast<std::uint16_t>(i % 5 == 0 ? 0 : i % 2));
    const Quality q(2, truly, said);
    CHECK(q.macro_f1_interval().low < q.macro_f1());
    CHECK(q.macro_f1_interval().high > q.macro_f1());
    return q.macro_f1_interval().high - q.macro_f1_interval().low;
  };
  CHECK(width(2000) < width(200) / 2);
}

TEST_CASE("the calibration error is the distance between what was told and what is so") {
  const std::vector<float> told(100, 0.85F);
  std::vector<char> right(100, 1);
  CHECK(calibration_error(told, right) == Approx(0.15).margin(1e-6));
  std::fill(right.begin(), right.begin() + 15, char{0});
  CHECK(calibration_error(told, right) == Approx(0).margin(1e-6));
}
