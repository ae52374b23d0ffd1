#include "ocr/letters.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace earshot::ocr {
namespace {

constexpr std::size_t kMostLetters = 12000;  // of a layer; more is texture
constexpr int kWindow = 25;                  // pixels around that a spot is compared with
constexpr double kLeastContrast = 14;        // grey levels

// What stands out by more than a share of how much its surroundings vary (J. Sauvola and M. Pietikäinen, "Adaptive
// document image binarization", 2000, with the mean difference for the deviation, which costs less).
cv::Mat spots_of(const cv::Mat& plane, bool light) {
  cv::Mat mean, difference, varies;
  cv::boxFilter(plane, mean, CV_8U, {kWindow, kWindow});
  cv::absdiff(plane, mean, difference);
  cv::boxFilter(difference, varies, CV_8U, {kWindow, kWindow});
  cv::Mat out(plane.size(), CV_8U);
  for (int y = 0; y < plane.rows; ++y) {
    const auto *p = plane.ptr<std::uint8_t>(y), *m = mean.ptr<std::uint8_t>(y), *v = varies.ptr<std::uint8_t>(y);
    auto* o = out.ptr<std::uint8_t>(y);
    for (int x = 0; x < plane.cols; ++x) {
      const int above = light ? p[x] - m[x] : m[x] - p[x];
      o[x] = above > 8 && 2 * above > v[x] ? 255 : 0;
    }
  }
  return out;
}

struct Sums {
  double inside = 0, around = 0;
  int area = 0, edge = 0, ring = 0;
};

// One look at each pixel of a spot's box.
Sums sums_of(const Layer& layer, const cv::Rect& box, int label) {
  Sums s;
  const cv::Mat& labels = layer.labels;
  for (int y = box.y; y < box.y + box.height; ++y) {
    const int* row = labels.ptr<int>(y);
    const int* above = y > 0 ? labels.ptr<int>(y - 1) : nullptr;
    const int* below = y + 1 < labels.rows ? labels.ptr<int>(y + 1) : nullptr;
    const auto* values = layer.plane.ptr<std::uint8_t>(y);
    for (int x = box.x; x < box.x + box.width; ++x) {
      if (row[x] == label) {
        s.inside += values[x], ++s.area;
        const bool edge = above == nullptr || below == nullptr || above[x] != label || below[x] != label || x == 0 ||
                          x + 1 == labels.cols || row[x - 1] != label || row[x + 1] != label;
        s.edge += edge ? 1 : 0;
      } else if (row[x] == 0) {
        s.around += values[x], ++s.ring;
      }
    }
  }
  return s;
}

bool may_be_letter(const cv::Rect& box, int area, int least, int most) {
  if (box.height < least || box.height > most || box.width > 14 * box.height) return false;
  const double fill = static_cast<double>(area) / box.area();
  if (fill < 0.12) return false;
  const bool bar = box.height > 2 * box.width;  // an I or l may be full
  return bar ? box.height < 14 * box.width : fill < 0.92;
}

}  // namespace

Layer find_letters(const cv::Mat& plane, bool light, double scale, int least, int most) {
  Layer layer{plane, light, scale, {}, {}, {}};
  cv::Mat stats, centres;
  const int count = cv::connectedComponentsWithStats(spots_of(plane, light), layer.labels, stats, centres, 8, CV_32S);
  layer.spots.resize(static_cast<std::size_t>(count));
  for (int i = 1; i < count; ++i) {
    const int* s = stats.ptr<int>(i);
    const cv::Rect box(s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]);
    layer.spots[static_cast<std::size_t>(i)] = box;
    const int area = s[cv::CC_STAT_AREA];
    if (!may_be_letter(box, area, least, most)) continue;
    const Sums sums = sums_of(layer, box, i);
    const double inside = sums.inside / std::max(sums.area, 1);
    const double around = sums.ring > 0 ? sums.around / sums.ring : (light ? inside - 40 : inside + 40);
    const double contrast = light ? inside - around : around - inside;
    // A stroke of width w has two edge pixels for w of its area.
    const double stroke = 2.0 * sums.area / std::max(sums.edge, 1);
    if (contrast < kLeastContrast || stroke > 0.6 * std::max(box.height, 4)) continue;
    layer.letters.push_back(
        {box, static_cast<float>(stroke), static_cast<float>(inside), static_cast<float>(contrast), i});
  }
  std::sort(layer.letters.begin(), layer.letters.end(),
            [](const Letter& a, const Letter& b) { return std::pair(a.box.x, a.box.y) < std::pair(b.box.x, b.box.y); });
  if (layer.letters.size() > kMostLetters) layer.letters.clear();
  return layer;
}

}  // namespace earshot::ocr
