// decoders.hpp: one pair of functions for each library; see still.hpp, which is what others use. Any thread.
#pragma once

#include <csetjmp>
#include <string>
#include <string_view>
#include <utility>

#include "media/still.hpp"

namespace earshot::media {

Size measure_jpeg(std::string_view bytes);
Still decode_jpeg(std::string_view bytes, const Limits& limits);
std::string jpeg_library();
// Pixels are blue, green, red. Colours are kept as fine as brightness.
std::string encode_jpeg(Size size, const std::uint8_t* pixels, std::size_t stride, int quality);

Size measure_png(std::string_view bytes);
Still decode_png(std::string_view bytes, const Limits& limits);
std::string png_library();

Size measure_webp(std::string_view bytes);
Still decode_webp(std::string_view bytes, const Limits& limits);
std::string webp_library();

Size measure_gif(std::string_view bytes);
Still decode_gif(std::string_view bytes, const Limits& limits);
std::string gif_library();

// "the picture ends after 40 % of its rows"; throws `invalid` where that is none.
std::string broken_off(std::string_view kind, std::uint32_t rows, std::uint32_t all, std::string_view why);

// Runs `body`, which calls a C library that leaves by longjmp(back). False: it left. What is jumped over (the frames of
// `body` and of callbacks at that moment) must have nothing to destroy; whatever has, stands outside.
template <class Body>
bool came_back(std::jmp_buf& back, Body&& body) {
  if (setjmp(back) != 0) return false;
  body();
  return true;
}

}  // namespace earshot::media
