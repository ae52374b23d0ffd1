// gradients.hpp: how light changes in a picture, at halves of its size. Inside of the library alone. One thread.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "logo/affine.hpp"

namespace earshot::logo {

// Change to the right and downwards, two shorts each (Sobel's: eight times that of a pixel), in the colour that changes
// most: what is as light as its surroundings still has an edge.
cv::Mat flow_of(const cv::Mat& color);

// One size of the picture; `step` of its pixels are one of the picture.
struct Level {
  cv::Mat gray, color;
  cv::Mat flow;  // see flow_of
  float step = 1;

  // At a place of the picture, between pixels; nothing outside.
  bool flow_at(Point p, Point& out) const;
  bool gray_at(Point p, float& out) const;
  bool color_at(Point p, cv::Vec3f& out) const;  // blue, green, red
};

class Pyramid {
 public:
  explicit Pyramid(const cv::Mat& color);
  // The one whose pixels are as large as `scale` pixels of the picture, or less.
  const Level& level(float scale) const;
  int width() const { return levels_[0].gray.cols; }
  int height() const { return levels_[0].gray.rows; }

 private:
  std::vector<Level> levels_;
};

}  // namespace earshot::logo
