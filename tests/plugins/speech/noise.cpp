// How far speech stands above noise.
#include "speech/noise.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

using namespace earshot::speech;

namespace {

// A second of noise, half of the time loud.
std::vector<std::int16_t> bursts(int loud, int quiet) {
  std::mt19937 random(1);
  std::vector<std::int16_t> all;
  for (int i = 0; i < 16000; ++i) {
    const int level = i / 1600 % 2 == 0 ? loud : quiet;
    all.push_back(static_cast<std::int16_t>(static_cast<int>(random() % 2001 - 1000) * level / 1000));
  }
  return all;
}

}  // namespace

TEST_CASE("speech is as far above the noise as loud stretches are above quiet ones") {
  CHECK(level_of(bursts(10000, 1000)).above() == Approx(20).margin(1));
  CHECK(level_of(bursts(10000, 5000)).above() == Approx(6).margin(1));
}

TEST_CASE("silence, and no sound at all, have a level") {
  CHECK(level_of(std::vector<std::int16_t>(16000)).speech == Approx(-100));
  CHECK(level_of({}).speech == Approx(-100));
}
