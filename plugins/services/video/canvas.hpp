// canvas.hpp: a decoded frame as a picture that people see: upright, with square pixels, in blue, green and red of
// ordinary screens, not larger than wished. One thread.
#pragma once

#include <earshot/services/media.h>

#include <array>
#include <optional>

#include "video/av.hpp"

namespace earshot::video {

// How what is stored becomes upright: display x = a x + b y, display y = c x + d y, each of them -1, 0 or 1.
struct Turn {
  int a = 1, b = 0, c = 0, d = 1;
  bool is_none() const { return a == 1 && d == 1; }
  bool swaps_sides() const { return a == 0; }
};

struct Shape {
  int width = 0, height = 0;
};

// As the stream or the frame says; a turn that is no multiple of 90 degrees is none.
Turn turn_of(const AVStream& stream, const AVFrame* frame);

// The size at which a stored picture of `width` x `height` is to be seen, before it is turned.
Shape square_pixels(int width, int height, AVRational aspect);

class Canvas {
 public:
  explicit Canvas(std::uint32_t most_pixels) : most_pixels_(most_pixels) {}

  // Valid until the next call. Throws EAR_INVALID where the frame cannot be converted.
  ear_picture draw(const AVFrame& frame, AVRational aspect, Turn turn);

 private:
  void convert(const AVFrame& frame, Shape to);
  void turn(Shape from, Turn turn);

  std::uint32_t most_pixels_;
  Scaler scaler_;
  std::vector<std::uint8_t> straight_, turned_;
  std::size_t stride_ = 0;  // of straight_
};

}  // namespace earshot::video
