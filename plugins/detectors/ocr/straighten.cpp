#include "ocr/straighten.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace earshot::ocr {
namespace {

constexpr float kLongest = 4000;  // pixels
constexpr float kAlike = 0.3f;    // of the contrast: a mark of the letters' brightness
constexpr double kRough = 12;     // deviation of the background (of 255) from which it is painted over

// The letters of the line, and what of their brightness stands between them and is no larger (dots, signs), 255; all
// else 0. In the layer's pixels.
cv::Mat mask_of(const Line& line, bool bare) {
  const Layer& layer = *line.layer;
  const float scale = static_cast<float>(layer.scale);
  const cv::Rect box = line.box();
  const auto low = [&](int v) { return static_cast<int>((static_cast<float>(v) - line.height) / scale); };
  const auto high = [&](int v) { return static_cast<int>((static_cast<float>(v) + line.height) / scale); };
  const cv::Rect near = cv::Rect(cv::Point(low(box.x), low(box.y)), cv::Point(high(box.br().x), high(box.br().y))) &
                        cv::Rect(0, 0, layer.plane.cols, layer.plane.rows);
  const float tallest = 1.3f * (line.above + line.below) / scale;
  std::vector<int> own;
  for (const Letter* letter : line.letters) own.push_back(letter->label);
  std::sort(own.begin(), own.end());
  cv::Mat mask = cv::Mat::zeros(layer.plane.size(), CV_8U);
  for (int y = near.y; y < near.br().y; ++y) {
    const int* labels = layer.labels.ptr<int>(y);
    const auto* values = layer.plane.ptr<std::uint8_t>(y);
    auto* out = mask.ptr<std::uint8_t>(y);
    for (int x = near.x; x < near.br().x; ++x) {
      if (labels[x] == 0) continue;
      const bool alike = std::abs(static_cast<float>(values[x]) - line.value) < kAlike * line.contrast;
      const bool small = static_cast<float>(layer.spots[static_cast<std::size_t>(labels[x])].height) <= tallest;
      if ((alike && small && !bare) || std::binary_search(own.begin(), own.end(), labels[x])) out[x] = 255;
    }
  }
  return mask;
}

// From the letters' brightness to 20, from the background's to 235.
cv::Mat darkened(const cv::Mat& cut, const Line& line) {
  const double background = line.layer->light ? line.value - line.contrast : line.value + line.contrast;
  const double slope = 215.0 / (background - line.value);
  cv::Mat out;
  cut.convertTo(out, CV_8U, slope, 20 - slope * line.value);
  return out;
}

}  // namespace

std::array<cv::Point2f, 4> Straight::corners_of(const cv::Rect& box) const {
  const auto at = [&](int x, int y) { return origin + right * static_cast<float>(x) + down * static_cast<float>(y); };
  return {at(box.x, box.y), at(box.br().x, box.y), at(box.br().x, box.br().y), at(box.x, box.br().y)};
}

Straight straighten(const Line& line, float letter, bool bare) {
  const cv::Point2f along(std::cos(line.angle), std::sin(line.angle)), across(-along.y, along.x);
  const float length = line.length();
  const float margin = 0.35f * line.height, side = 0.6f * line.height;
  const float shrink = std::max(line.height / letter, (length + 2 * side) / kLongest);  // picture pixels for one
  Straight straight;
  straight.origin = line.left - along * side - across * (line.above + margin);
  straight.right = along * shrink, straight.down = across * shrink;
  const cv::Size size(std::max(1, static_cast<int>((length + 2 * side) / shrink)),
                      std::max(1, static_cast<int>((line.above + line.below + 2 * margin) / shrink)));
  const auto scale = static_cast<float>(line.layer->scale);
  const float half = 0.5f / scale - 0.5f;  // pixels have their middle at .5
  const cv::Matx23f back(straight.right.x / scale, straight.down.x / scale, straight.origin.x / scale + half,  //
                         straight.right.y / scale, straight.down.y / scale, straight.origin.y / scale + half);
  cv::Mat cut;
  cv::warpAffine(line.layer->plane, cut, back, size, cv::INTER_CUBIC | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
  straight.grey = darkened(cut, line);
  cv::Mat mask;
  cv::warpAffine(mask_of(line, bare), mask, back, size, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT);
  const int reach = std::max(1, static_cast<int>(0.5f * line.stroke / shrink)) * 2 + 3;
  cv::dilate(mask, mask, cv::getStructuringElement(cv::MORPH_ELLIPSE, {reach, reach}));
  cv::Mat outside;
  cv::compare(mask, 32, outside, cv::CMP_LT);
  cv::Scalar mean, deviation;
  cv::meanStdDev(straight.grey, mean, deviation, outside);
  if (deviation[0] > kRough) straight.grey.setTo(235, outside);
  return straight;
}

}  // namespace earshot::ocr
