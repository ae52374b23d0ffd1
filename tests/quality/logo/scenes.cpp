#include "logo/scenes.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace earshot::quality {
namespace {

// Corners of a logo turned, scaled and seen at an angle, mostly within the picture.
std::vector<cv::Point2f> place(const DrawnLogo& logo, cv::RNG& random) {
  const float width = random.uniform(0.08F, 0.60F) * 1024;
  const float height =
      std::min(width * static_cast<float>(logo.color.rows) / static_cast<float>(logo.color.cols), 700.0F);
  const float turn = random.uniform(-45.0F, 45.0F) * 3.14159265F / 180, c = std::cos(turn), s = std::sin(turn);
  std::vector<cv::Point2f> quad;
  for (const auto& [x, y] : {std::pair{-0.5F, -0.5F}, {0.5F, -0.5F}, {0.5F, 0.5F}, {-0.5F, 0.5F}}) {
    const float jx = (x + random.uniform(-0.08F, 0.08F)) * width, jy = (y + random.uniform(-0.08F, 0.08F)) * height;
    quad.emplace_back(c * jx - s * jy, s * jx + c * jy);
  }
  const cv::Rect2f box = cv::boundingRect(quad);
  const float fx = std::min(1.0F, 1010 / box.width), fy = std::min(1.0F, 754 / box.height), f = std::min(fx, fy);
  const cv::Point2f at(random.uniform(0.0F, std::max(1.0F, 1024 - box.width * f)) - box.x * f,
                       random.uniform(0.0F, std::max(1.0F, 768 - box.height * f)) - box.y * f);
  for (cv::Point2f& p : quad) p = p * f + at;
  return quad;
}

// Returns where its core stands.
std::vector<cv::Point2f> put(cv::Mat& picture, const DrawnLogo& logo, const std::vector<cv::Point2f>& quad,
                             cv::RNG& random) {
  const auto w = static_cast<float>(logo.color.cols), h = static_cast<float>(logo.color.rows);
  // Made smaller first, or it would alias.
  cv::Mat color = logo.color.clone(), cover = logo.cover.clone();
  if (random.uniform(0, 7) == 0) {  // light on dark
    cv::subtract(cv::Scalar::all(255), color, color);
  }
  const float size = static_cast<float>(cv::norm(quad[1] - quad[0])) / w;
  if (size < 0.7F)
    cv::GaussianBlur(color, color, {}, double{0.4F / size}), cv::GaussianBlur(cover, cover, {}, double{0.4F / size});
  const cv::Mat to = cv::getPerspectiveTransform(std::vector<cv::Point2f>{{0, 0}, {w, 0}, {w, h}, {0, h}}, quad);
  cv::Mat seen, mask;
  cv::warpPerspective(color, seen, to, picture.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  cv::warpPerspective(cover, mask, to, picture.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, 0);
  // Light and texture of what it is printed on shine through.
  const double gain = random.uniform(0.65, 1.1), texture = random.uniform(0.0, 0.25);
  cv::Mat a, b, m, base, rough;
  seen.convertTo(a, CV_32FC3), picture.convertTo(b, CV_32FC3), mask.convertTo(m, CV_32F, 1 / 255.0);
  cv::GaussianBlur(b, rough, {}, 12);
  a = a * gain + (b - rough) * texture + cv::Scalar::all(random.uniform(-10.0, 15.0));
  cv::cvtColor(m, m, cv::COLOR_GRAY2BGR);
  cv::Mat mixed = b + m.mul(a - b);
  mixed.convertTo(picture, CV_8UC3);
  const cv::Rect2f core = logo.core;
  std::vector<cv::Point2f> corners{core.tl(), {core.br().x, core.y}, core.br(), {core.x, core.br().y}};
  cv::perspectiveTransform(corners, corners, to);
  return corners;
}

// Something stands before a part of it: up to 40 %.
void hide(cv::Mat& picture, const std::vector<cv::Point2f>& quad, cv::RNG& random) {
  const float part = random.uniform(0.1F, 0.4F);
  const int side = random.uniform(0, 4);
  const auto at = [&](int i) { return quad[static_cast<std::size_t>((side + i) % 4)]; };
  const auto mix = [&](cv::Point2f a, cv::Point2f b) { return a + (b - a) * part; };
  std::vector<cv::Point> p{at(0), at(1), mix(at(1), at(2)), mix(at(0), at(3))};
  cv::fillPoly(picture, p,
               cv::Scalar(random.uniform(0.0, 255.0), random.uniform(0.0, 255.0), random.uniform(0.0, 255.0)),
               cv::LINE_AA);
}

}  // namespace

Scene draw_scene(const cv::Mat& background, const std::vector<DrawnLogo>& logos, int count, cv::RNG& random) {
  Scene scene;
  scene.picture = background.clone();
  for (int i = 0; i < count; ++i) {
    const auto number = static_cast<std::size_t>(random.uniform(0, static_cast<int>(logos.size())));
    const std::vector<cv::Point2f> quad = place(logos[number], random);
    const bool taken = std::any_of(scene.planted.begin(), scene.planted.end(), [&](const Planted& p) {
      return (cv::boundingRect(p.corners) & cv::boundingRect(quad)).area() > 0;
    });
    if (taken) continue;
    const std::vector<cv::Point2f> core = put(scene.picture, logos[number], quad, random);
    if (random.uniform(0, 3) == 0) hide(scene.picture, core, random);
    scene.planted.push_back({number, core});
  }
  scene.picture.convertTo(scene.picture, -1, random.uniform(0.7, 1.25), random.uniform(-25.0, 25.0));
  const double blur = random.uniform(0.0, 2.0);
  if (blur > 0.4) cv::GaussianBlur(scene.picture, scene.picture, {}, blur);
  scene.picture = through_jpeg(scene.picture, random.uniform(30, 96));
  return scene;
}

}  // namespace earshot::quality
