// Two frames at a glance.
#include "video/look.hpp"

#include <catch2/catch.hpp>

using earshot::video::differ;
using earshot::video::Look;

namespace {

Look grey(std::uint8_t value) {
  Look look;
  look.width = 160, look.height = 90;
  look.grey.assign(160 * 90, value);
  return look;
}

void draw(Look& look, int left, int top, int width, int height, std::uint8_t value) {
  for (int y = top; y < top + height; ++y)
    for (int x = left; x < left + width; ++x) look.grey[static_cast<std::size_t>(y * look.width + x)] = value;
}

}  // namespace

TEST_CASE("equal frames do not differ") {
  CHECK(!differ(grey(100), grey(100)).any);
}

TEST_CASE("the noise of coding is no difference") {
  Look noisy = grey(100);
  for (std::size_t i = 0; i < noisy.grey.size(); ++i) noisy.grey[i] = static_cast<std::uint8_t>(97 + i * 7 % 7);
  CHECK(!differ(grey(100), noisy).any);
}

TEST_CASE("a logo of 8 % of the width is a difference, wherever it appears") {
  const int left = GENERATE(range(0, 140, 7)), top = GENERATE(range(0, 80, 7));
  Look with = grey(100);
  draw(with, left, top, 13, 5, 130);
  CHECK(differ(grey(100), with).any);
}

TEST_CASE("a difference at the right and lower edge counts") {
  Look with = grey(100);
  draw(with, 157, 87, 3, 3, 255);
  CHECK(differ(grey(100), with).any);
}

TEST_CASE("frames of different sizes differ") {
  Look other;
  other.width = 90, other.height = 160, other.grey.assign(160 * 90, 100);
  CHECK(differ(grey(100), other).any);
}

TEST_CASE("frames that are smaller than a cell are compared") {
  Look a, b;
  a.width = b.width = 2, a.height = b.height = 2;
  a.grey.assign(4, 0), b.grey.assign(4, 255);
  CHECK(differ(a, b).any);
  CHECK(!differ(a, a).any);
}
