// decoders.hpp: one pair of functions for each library; see still.hpp, which is what others use. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "jpeg/came_back.hpp"
#include "media/still.hpp"

namespace earshot::media {

Size measure_jpeg(std::string_view bytes);
Still decode_jpeg(std::string_view bytes, const Limits& limits);
std::string jpeg_library();

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

using jpeg::came_back;

}  // namespace earshot::media
