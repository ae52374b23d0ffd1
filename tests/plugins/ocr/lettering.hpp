// lettering.hpp: pictures with words in them, for tests of ocr. Free functions; any thread.
#pragma once

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <string>

#include "../test_media.hpp"

namespace earshot::testing {

inline cv::Mat paper(int width, int height, cv::Scalar colour = {255, 255, 255}) {
  return {height, width, CV_8UC3, colour};
}

// With its left foot at `at`, letters about `height` pixels high.
inline void letter(cv::Mat& on, const std::string& words, cv::Point at, int height, cv::Scalar colour = {0, 0, 0}) {
  cv::putText(on, words, at, cv::FONT_HERSHEY_DUPLEX, height / 22.0, colour, std::max(1, height / 12), cv::LINE_AA);
}

// As busy as gravel; the same each time.
inline cv::Mat gravel(int width, int height) {
  cv::Mat out(height, width, CV_8UC3);
  cv::RNG noise(4);
  noise.fill(out, cv::RNG::UNIFORM, 0, 255);
  cv::GaussianBlur(out, out, {7, 7}, 2);
  return out;
}

inline TestPicture picture_of(const cv::Mat& pixels, std::int64_t start = 0, std::int64_t stop = 0) {
  TestPicture picture{
      static_cast<std::uint32_t>(pixels.cols), static_cast<std::uint32_t>(pixels.rows), {}, start, stop};
  picture.pixels.assign(pixels.datastart, pixels.dataend);
  return picture;
}

}  // namespace earshot::testing
