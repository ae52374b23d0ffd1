#include "logo/gradients.hpp"

#include <opencv2/imgproc.hpp>

namespace earshot::logo {
namespace {

template <class T>
float number(T value) {
  return static_cast<float>(value);
}

struct Place {
  int x, y;
  float fx, fy;
};

bool place_of(const Level& level, Point p, Place& place) {
  const float x = (p.x + 0.5F) * level.step - 0.5F, y = (p.y + 0.5F) * level.step - 0.5F;
  // Not a number is outside, too.
  if (!(x >= 0 && y >= 0 && x < static_cast<float>(level.gray.cols - 1) && y < static_cast<float>(level.gray.rows - 1)))
    return false;
  place.x = static_cast<int>(x), place.y = static_cast<int>(y);
  place.fx = x - static_cast<float>(place.x), place.fy = y - static_cast<float>(place.y);
  return true;
}

}  // namespace

bool Level::flow_at(Point p, Point& out) const {
  Place at;
  if (!place_of(*this, p, at)) return false;
  const auto* top = flow.ptr<cv::Vec2s>(at.y) + at.x;
  const auto* bottom = flow.ptr<cv::Vec2s>(at.y + 1) + at.x;
  const float a = (1 - at.fx) * (1 - at.fy), b = at.fx * (1 - at.fy), c = (1 - at.fx) * at.fy, d = at.fx * at.fy;
  out.x = a * number(top[0][0]) + b * number(top[1][0]) + c * number(bottom[0][0]) + d * number(bottom[1][0]);
  out.y = a * number(top[0][1]) + b * number(top[1][1]) + c * number(bottom[0][1]) + d * number(bottom[1][1]);
  return true;
}

bool Level::gray_at(Point p, float& out) const {
  Place at;
  if (!place_of(*this, p, at)) return false;
  const auto* top = gray.ptr<std::uint8_t>(at.y) + at.x;
  const auto* bottom = gray.ptr<std::uint8_t>(at.y + 1) + at.x;
  out = (1 - at.fy) * ((1 - at.fx) * number(top[0]) + at.fx * number(top[1])) +
        at.fy * ((1 - at.fx) * number(bottom[0]) + at.fx * number(bottom[1]));
  return true;
}

bool Level::color_at(Point p, cv::Vec3f& out) const {
  Place at;
  if (!place_of(*this, p, at)) return false;
  const auto* top = color.ptr<cv::Vec3b>(at.y) + at.x;
  const auto* bottom = color.ptr<cv::Vec3b>(at.y + 1) + at.x;
  for (int k = 0; k < 3; ++k)
    out[k] = (1 - at.fy) * ((1 - at.fx) * number(top[0][k]) + at.fx * number(top[1][k])) +
             at.fy * ((1 - at.fx) * number(bottom[0][k]) + at.fx * number(bottom[1][k]));
  return true;
}

cv::Mat flow_of(const cv::Mat& color) {
  cv::Mat planes[3], across[3], down[3];
  cv::split(color, planes);
  for (int k = 0; k < 3; ++k) cv::spatialGradient(planes[k], across[k], down[k]);
  cv::Mat flow(color.size(), CV_16SC2);
  for (int y = 0; y < color.rows; ++y) {
    const short* dx[3] = {across[0].ptr<short>(y), across[1].ptr<short>(y), across[2].ptr<short>(y)};
    const short* dy[3] = {down[0].ptr<short>(y), down[1].ptr<short>(y), down[2].ptr<short>(y)};
    auto* out = flow.ptr<cv::Vec2s>(y);
    for (int x = 0; x < color.cols; ++x) {
      int best = 1, most = -1;  // green, where all are alike
      for (const int k : {1, 2, 0}) {
        const int size = std::abs(dx[k][x]) + std::abs(dy[k][x]);
        if (size > most) most = size, best = k;
      }
      out[x] = {dx[best][x], dy[best][x]};
    }
  }
  return flow;
}

Pyramid::Pyramid(const cv::Mat& color) {
  cv::Mat now = color;
  for (float step = 1;; step /= 2) {
    Level level;
    cv::cvtColor(now, level.gray, cv::COLOR_BGR2GRAY);
    level.flow = flow_of(now), level.step = step, level.color = now;
    levels_.push_back(std::move(level));
    if (std::min(now.cols, now.rows) < 32) break;
    cv::Mat half;
    cv::resize(now, half, {now.cols / 2, now.rows / 2}, 0, 0, cv::INTER_AREA);
    now = half;
  }
}

const Level& Pyramid::level(float scale) const {
  std::size_t i = 0;
  while (i + 1 < levels_.size() && scale * levels_[i].step > 1.5F) ++i;
  return levels_[i];
}

}  // namespace earshot::logo
