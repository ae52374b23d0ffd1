// exif.hpp: which way up a picture is to be seen, as the camera put down. Free functions; any thread.
#pragma once

#include <string_view>

#include "media/canvas.hpp"

namespace earshot::media {

// The tag "orientation" of EXIF data, from its TIFF header on: 1 to 8; 1 (as it is) where there is none or it is
// broken.
int orientation(std::string_view tiff);

// Does that orientation lay width and height the other way round?
inline bool is_turned(int orientation) {
  return orientation >= 5;
}

// The picture as it is to be seen.
Still upright(Still still, int orientation);

}  // namespace earshot::media
