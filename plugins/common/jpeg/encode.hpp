// encode.hpp: a picture as JPEG, by libjpeg-turbo. A free function; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace earshot::jpeg {

// How fine colours are kept: a quarter of the pixels, as cameras do, or all, so that coloured lettering stays sharp.
enum class Colours { quarter, full };

// Rows of `stride` bytes, pixels of blue, green, red. `quality` from 1 to 100. Throws EAR_INTERNAL where libjpeg fails.
std::string encode(std::uint32_t width, std::uint32_t height, const std::uint8_t* pixels, std::size_t stride,
                   int quality, Colours colours);

}  // namespace earshot::jpeg
