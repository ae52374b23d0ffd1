// thumb.hpp: a decoded frame at a glance. One thread.
#pragma once

#include "video/av.hpp"
#include "video/look.hpp"

namespace earshot::video {

class Thumb {
 public:
  // Cheap where the frame has its brightness in a plane of its own, as nearly all videos have.
  Look look(const AVFrame& frame);

 private:
  Look scaled(const AVFrame& frame);

  Scaler scaler_;
  std::vector<std::uint8_t> row_;
  std::vector<std::uint32_t> sums_;
};

}  // namespace earshot::video
