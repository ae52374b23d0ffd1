// candidates.hpp: rows in a picture that may be lettering, the likeliest first. Constant once made; any thread.
#pragma once

#include <functional>
#include <memory>
#include <opencv2/core.hpp>
#include <vector>

#include "ocr/lines.hpp"

namespace earshot::ocr {

inline constexpr int kSmallestSide = 10;  // pixels; nothing can be read in less

class Candidates {
 public:
  Candidates(const cv::Mat& bgr, const std::function<void()>& breathe);
  // In pixels of the picture; they point into this.
  const std::vector<Line>& lines() const { return lines_; }

 private:
  void look_at(const cv::Mat& plane, double scale, const std::function<void()>& breathe);

  std::vector<std::unique_ptr<const Layer>> layers_;
  std::vector<Line> lines_;
};

}  // namespace earshot::ocr
