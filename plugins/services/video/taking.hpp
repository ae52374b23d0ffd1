// taking.hpp: a file taken apart: what it is, its pictures, its sound, its captions. Each throws earshot::Error as
// video.h says; what was shown before holds. `show` answers whether to go on. Any thread; a File is one thread's.
#pragma once

#include <earshot/services/video.h>

#include <functional>
#include <string>

#include "video/file.hpp"

namespace earshot::video {

using ShowPicture = std::function<bool(const ear_picture&)>;
using ShowSound = std::function<bool(const ear_sound&)>;
using ShowCaption = std::function<bool(const ear_caption&)>;

struct Wish {
  std::uint32_t most_pixels = 0;       // 0: as they are
  std::int64_t spacing = 500'000'000;  // nanoseconds between two pictures where it moves
  std::int64_t at_most = kMostTime;    // nanoseconds of it that are read
};

ear_video probe(File& file);
void pictures(File& file, const Wish& wish, const ShowPicture& show);
void sound(File& file, const Wish& wish, const ShowSound& show);
void captions(File& file, const ShowCaption& show);

}  // namespace earshot::video
