// letters.hpp: shapes in a picture that may be letters, or several that touch: spots of one brightness, darker or
// lighter than what is around them, with strokes of one width. Free functions; any thread.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

namespace earshot::ocr {

struct Letter {
  cv::Rect box;    // in the layer's pixels
  float stroke;    // width of its strokes
  float value;     // mean brightness of the plane within it
  float contrast;  // to what is around it
  int label;       // in Layer::labels
};

// One plane of the picture (brightness, or a colour difference) at one scale, and the spots of one polarity in it.
struct Layer {
  cv::Mat plane;  // 8 bits
  bool light;     // spots are lighter than what is around them
  double scale;   // pixels of the picture for one of the plane
  cv::Mat labels;
  std::vector<Letter> letters;  // by the left edge
  std::vector<cv::Rect> spots;  // by label; letters and others (dots, bars)
};

// Letters of `least` to `most` pixels of the layer's height.
Layer find_letters(const cv::Mat& plane, bool light, double scale, int least, int most);

}  // namespace earshot::ocr
