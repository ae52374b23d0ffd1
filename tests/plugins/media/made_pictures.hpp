// made_pictures.hpp: pictures made in memory and packed by the codecs' own libraries, for the tests and the benchmark
// of the service media. Values and free functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pictures {

struct Pixels {
  std::uint32_t width = 0, height = 0;
  std::vector<std::uint8_t> bgr;  // row by row without gaps
  const std::uint8_t* at(std::uint32_t x, std::uint32_t y) const { return &bgr[(std::size_t{y} * width + x) * 3]; }
};

Pixels plain(std::uint32_t width, std::uint32_t height, std::uint8_t blue, std::uint8_t green, std::uint8_t red);
// A landscape of soft and sharp shapes; another one for each seed.
Pixels scene(std::uint32_t width, std::uint32_t height, std::uint32_t seed);
// Red top left, green top right, blue bottom left, white bottom right.
Pixels corners(std::uint32_t width, std::uint32_t height);
Pixels scaled(const Pixels& from, std::uint32_t width, std::uint32_t height);

struct JpegForm {
  int quality = 90;
  bool progressive = false, grey = false, cmyk = false;
  int orientation = 0;  // 0: no EXIF
};
std::string jpeg(const Pixels& pixels, JpegForm form = {});

enum class PngForm { rgb, rgba, grey, grey_alpha, palette, rgb16, interlaced };
// `alpha`: of rgba and grey_alpha, everywhere.
std::string png(const Pixels& pixels, PngForm form = PngForm::rgb, std::uint8_t alpha = 255);
// A header that claims a size, and nothing that could fill it.
std::string png_header(std::uint32_t width, std::uint32_t height);

std::string webp(const Pixels& pixels, bool lossless = false);
std::string webp_animation(const std::vector<Pixels>& frames);
std::string gif(const std::vector<Pixels>& frames, bool interlaced = false);

}  // namespace pictures
