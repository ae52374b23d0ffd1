// noise.hpp: how far speech stands above what else is heard. Any thread.
#pragma once

#include <cstdint>
#include <span>

namespace earshot::speech {

struct Level {
  double speech = 0;  // dB of full scale: the level that a tenth of the time is above
  double noise = 0;   // the level that a tenth of the time is below
  double above() const { return speech - noise; }
};

// Of some seconds of sound, which hold pauses between words. Without sound: -100 dB both.
Level level_of(std::span<const std::int16_t> sound);

}  // namespace earshot::speech
