// scenes.hpp: pictures with and without logos, all drawn here by a fixed seed: vector logos, backgrounds like walls,
// wood, streets, pages and cloth, and how a camera sees the one on the other. One thread.
#pragma once

#include <filesystem>
#include <opencv2/core.hpp>
#include <vector>

namespace earshot::quality {

struct DrawnLogo {
  cv::Mat color;  // BGR
  cv::Mat cover;  // bytes: how much of the background it hides
  cv::Rect core;  // without a white plate's margin
};

struct Planted {
  std::size_t logo = 0;
  std::vector<cv::Point2f> corners;
};

struct Scene {
  cv::Mat picture;
  std::vector<Planted> planted;
};

DrawnLogo draw_logo(std::size_t number, cv::RNG& random);
cv::Mat on_white(const DrawnLogo& logo);

// A background of 1024x768.
cv::Mat draw_background(std::size_t kind, cv::RNG& random);

// `count` of the logos on a background, then what a camera and JPEG do to it.
Scene draw_scene(const cv::Mat& background, const std::vector<DrawnLogo>& logos, int count, cv::RNG& random);

cv::Mat read_jpeg(const std::filesystem::path& path);
cv::Mat through_jpeg(const cv::Mat& picture, int quality);

}  // namespace earshot::quality
