// straighten.hpp: a line of lettering cut out of its picture: upright, of one size, dark on light, without what stands
// around it. Free functions; any thread.
#pragma once

#include <array>
#include <opencv2/core.hpp>

#include "ocr/lines.hpp"

namespace earshot::ocr {

struct Straight {
  cv::Mat grey;
  cv::Point2f origin, right, down;  // a pixel to the right and one down, in pixels of the picture
  std::array<cv::Point2f, 4> corners_of(const cv::Rect& box) const;  // in pixels of the picture, clockwise
};

// A common letter becomes `letter` pixels high. `bare`: without dots and signs, which in a rough picture may be spots.
Straight straighten(const Line& line, float letter, bool bare);

}  // namespace earshot::ocr
