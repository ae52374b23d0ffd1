#include "speech/noise.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace earshot::speech {

Level level_of(std::span<const std::int16_t> sound) {
  constexpr std::size_t kFrame = 320;  // 20 ms
  std::vector<double> levels;
  for (std::size_t at = 0; at + kFrame <= sound.size(); at += kFrame) {
    double mean = 0, energy = 0;
    for (std::size_t i = 0; i < kFrame; ++i) mean += sound[at + i];
    mean /= kFrame;
    for (std::size_t i = 0; i < kFrame; ++i) energy += (sound[at + i] - mean) * (sound[at + i] - mean);
    // A fraction of one step of 16 bits, so that digital silence has a level.
    levels.push_back(10 * std::log10(energy / kFrame / (32768.0 * 32768.0) + 1e-10));
  }
  if (levels.empty()) return {-100, -100};
  std::sort(levels.begin(), levels.end());
  return {levels[levels.size() * 9 / 10], levels[levels.size() / 10]};
}

}  // namespace earshot::speech
