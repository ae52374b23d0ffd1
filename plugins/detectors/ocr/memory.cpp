#include "ocr/memory.hpp"

#include <algorithm>
#include <cstdlib>
#include <opencv2/imgproc.hpp>

namespace earshot::ocr {
namespace {

constexpr int kMoved = 4;           // pixels that a box may have moved by or grown
constexpr double kChanged = 10;     // mean difference of grey levels from which something else is written there
const cv::Size kThumbnail(96, 16);  // so that a letter of a line of forty has two pixels

cv::Mat thumbnail_of(const cv::Mat& grey) {
  cv::Mat small;
  cv::resize(grey, small, kThumbnail, 0, 0, cv::INTER_AREA);
  return small;
}

bool near(const cv::Rect& a, const cv::Rect& b) {
  return std::abs(a.x - b.x) <= kMoved && std::abs(a.y - b.y) <= kMoved && std::abs(a.width - b.width) <= kMoved &&
         std::abs(a.height - b.height) <= kMoved;
}

}  // namespace

const std::vector<ReadWord>* Memory::recall(const cv::Rect& box, const cv::Mat& grey) {
  for (const Seen& seen : before_) {
    if (!near(seen.box, box)) continue;
    const cv::Mat thumbnail = thumbnail_of(grey);
    if (cv::norm(thumbnail, seen.thumbnail, cv::NORM_L1) > kChanged * kThumbnail.area()) continue;
    now_.push_back({box, seen.thumbnail, seen.words});
    return &seen.words;
  }
  return nullptr;
}

void Memory::keep(const cv::Rect& box, const cv::Mat& grey, const std::vector<ReadWord>& words) {
  now_.push_back({box, thumbnail_of(grey), words});
}

}  // namespace earshot::ocr
