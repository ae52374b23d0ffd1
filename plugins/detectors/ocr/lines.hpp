// lines.hpp: letters that stand in a row. Free functions; any thread.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/letters.hpp"

namespace earshot::ocr {

// A row of letters. In pixels of the picture; the middle of its letters runs from `left` to `right`.
struct Line {
  const Layer* layer;
  std::vector<const Letter*> letters;        // from the left
  cv::Point2f left, right;                   // ends of the middle line
  float above, below;                        // how far the letters reach from it
  float height;                              // of a common letter
  float angle;                               // radians, clockwise
  float value, contrast, stroke;             // as of Letter, medians; the stroke in pixels of the picture
  float score;                               // how much it looks like lettering, 0..1
  std::vector<cv::Point2f> corners() const;  // clockwise from the top left
  cv::Rect box() const;
  float length() const;
};

std::vector<Line> find_lines(const Layer& layer);

}  // namespace earshot::ocr
