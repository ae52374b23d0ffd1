// noise_at.hpp: pink noise over speech. Free functions; any thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace earshot::quality {

// Noise that has the same power in each octave (Kellet's filter), `decibels` below the speech as root mean squares of
// the whole. The same seed gives the same noise.
inline std::vector<std::int16_t> with_noise(const std::vector<std::int16_t>& speech, double decibels,
                                            std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<double> noise(speech.size());
  double b0 = 0, b1 = 0, b2 = 0, noise_power = 0, speech_power = 0;
  for (std::size_t i = 0; i < noise.size(); ++i) {
    double white = -6;  // a sum of twelve is about normal, and the same with every library
    for (int k = 0; k < 12; ++k) white += static_cast<double>(random()) / 4294967296.0;
    b0 = 0.99765 * b0 + white * 0.0990460;
    b1 = 0.96300 * b1 + white * 0.2965164;
    b2 = 0.57000 * b2 + white * 1.0526913;
    noise[i] = b0 + b1 + b2 + white * 0.1848;
    noise_power += noise[i] * noise[i];
    speech_power += static_cast<double>(speech[i]) * speech[i];
  }
  const double gain = std::sqrt(speech_power / noise_power) * std::pow(10, -decibels / 20);
  std::vector<std::int16_t> both(speech.size());
  for (std::size_t i = 0; i < both.size(); ++i)
    both[i] = static_cast<std::int16_t>(std::clamp(speech[i] + gain * noise[i], -32767.0, 32767.0));
  return both;
}

}  // namespace earshot::quality
