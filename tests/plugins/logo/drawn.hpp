// drawn.hpp: logos and pictures for the tests, drawn here. One thread.
#pragma once

#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "../test_media.hpp"

namespace earshot::testing {

inline TestPicture picture_of(const cv::Mat& color, std::int64_t start = 0, std::int64_t stop = 0) {
  TestPicture p;
  p.width = static_cast<std::uint32_t>(color.cols), p.height = static_cast<std::uint32_t>(color.rows);
  for (int y = 0; y < color.rows; ++y) p.pixels.insert(p.pixels.end(), color.ptr(y), color.ptr(y) + color.cols * 3);
  p.start = start, p.stop = stop;
  return p;
}

inline TestMedium still(const cv::Mat& color) {
  TestMedium medium;
  medium.pictures.push_back(picture_of(color));
  return medium;
}

// A badge with letters and a star: 240x240 on white.
inline cv::Mat acme_logo() {
  cv::Mat m(264, 264, CV_8UC3, cv::Scalar::all(255));
  cv::circle(m, {132, 132}, 118, {40, 30, 190}, cv::FILLED, cv::LINE_AA);
  cv::circle(m, {132, 132}, 100, {255, 255, 255}, 6, cv::LINE_AA);
  cv::putText(m, "Acme", {58, 130}, cv::FONT_HERSHEY_DUPLEX, 1.9, {255, 255, 255}, 7, cv::LINE_AA);
  const std::vector<cv::Point> arrow{{80, 160}, {150, 160}, {150, 145}, {190, 178}, {150, 211}, {150, 196}, {80, 196}};
  cv::fillPoly(m, arrow, {0, 210, 250}, cv::LINE_AA);
  return m;
}

// Another brand's: bars and a ring.
inline cv::Mat zentrix_logo() {
  cv::Mat m(264, 264, CV_8UC3, cv::Scalar::all(255));
  for (int i = 0; i < 4; ++i)
    cv::rectangle(m, {20 + 58 * i, 60 + 30 * (i % 3), 36, 180 - 40 * (i % 3)}, {150, 80, 10}, cv::FILLED);
  cv::circle(m, {190, 60}, 34, {20, 120, 20}, 12, cv::LINE_AA);
  return m;
}

// Soft noise, the same for the same seed.
inline cv::Mat wall(int seed) {
  cv::RNG random(static_cast<std::uint64_t>(seed) + 17);
  cv::Mat coarse(12, 16, CV_8UC3), m;
  random.fill(coarse, cv::RNG::UNIFORM, 70, 180);
  cv::resize(coarse, m, {640, 480}, 0, 0, cv::INTER_CUBIC);
  return m;
}

// The logo's picture without its margin of 14, turned by `degrees`, `width` wide, its middle at `at`.
inline void put(cv::Mat& picture, const cv::Mat& logo, cv::Point2f at, double width, double degrees,
                bool reversed = false) {
  cv::Mat ink = logo(cv::Rect(14, 14, 236, 236)).clone();
  if (reversed) ink = cv::Scalar::all(255) - ink;
  cv::Mat mask;
  cv::cvtColor(logo(cv::Rect(14, 14, 236, 236)), mask, cv::COLOR_BGR2GRAY);
  mask = mask < 250;
  cv::morphologyEx(mask, mask, cv::MORPH_CLOSE, cv::Mat::ones(61, 61, CV_8U));
  const double scale = width / 236;
  cv::Mat to = cv::getRotationMatrix2D({118, 118}, degrees, scale);
  to.at<double>(0, 2) += double{at.x} - 118, to.at<double>(1, 2) += double{at.y} - 118;
  if (scale < 0.7) cv::GaussianBlur(ink, ink, {}, 0.4 / scale);
  cv::Mat seen, cover;
  cv::warpAffine(ink, seen, to, picture.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  cv::warpAffine(mask, cover, to, picture.size(), cv::INTER_NEAREST);
  seen.copyTo(picture, cover);
}

}  // namespace earshot::testing
