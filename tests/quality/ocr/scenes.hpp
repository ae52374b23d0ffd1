// scenes.hpp: pictures with lettering as people post them, the same for the same seed: memes, shop signs, screenshots
// of chats, packaging. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace earshot::quality {

enum class Kind { meme, sign, screenshot, packaging };
inline constexpr std::array kKinds = {Kind::meme, Kind::sign, Kind::screenshot, Kind::packaging};
inline constexpr std::array kHeights = {14, 18, 24, 32, 48, 64, 80};  // pixels, of the font
const char* name_of(Kind kind);

// Names that are not words, some of two words.
const std::vector<std::string>& brand_names();

struct Scene {
  cv::Mat picture;   // 1024x768; empty: rsvg-convert is not there
  std::string name;  // that stands in it; empty: none of brand_names()
};
// `named`: with a name in it, else with other words alone.
Scene scene(Kind kind, int height, bool named, std::uint64_t seed);

}  // namespace earshot::quality
