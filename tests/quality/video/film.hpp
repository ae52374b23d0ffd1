// film.hpp: a film of a moving scene in which logos and lettering appear at known times. Made by the programs
// rsvg-convert and ffmpeg. One thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace film {

// Something planted: from `start` to `stop`, in seconds.
struct Appearance {
  std::string subject, how;  // watch item; "logo" or "lettering"
  double start = 0, stop = 0;
  double width = 0;  // of the picture's, 0..1
  double x = 0, y = 0,
         drift = 0;  // where its left upper corner is at first, in parts of the picture; and its way to the right
};

// Appearances of 1 to 5 s, one after the other with pauses between, the same ones for the same seed.
std::vector<Appearance> plan(double seconds, unsigned seed);

// A film of 1280 × 720 at 30 frames a second. `loops` times over. False: a program is missing.
bool make(const std::vector<Appearance>& planted, double seconds, int loops, const std::filesystem::path& folder,
          const std::filesystem::path& out);

}  // namespace film
