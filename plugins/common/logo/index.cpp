#include "logo/index.hpp"

#include <algorithm>
#include <cmath>

namespace earshot::logo {

void Index::add(Features features, std::uint32_t view, std::uint32_t item) {
  if (features.size() == 0) return;
  frames_.insert(frames_.end(), features.frames.begin(), features.frames.end());
  views_.insert(views_.end(), features.size(), view), items_.insert(items_.end(), features.size(), item);
  rows_.push_back(features.rows);
}

void Index::build() {
  if (frames_.empty()) return;
  const cv::RNG before = cv::theRNG();
  cv::theRNG() = cv::RNG(20040115);  // the same trees each time
  trees_.build(rows_, cv::flann::KDTreeIndexParams(4), cvflann::FLANN_DIST_L2);
  cv::theRNG() = before;
}

std::vector<Match> Index::match(const Features& picture, float loosest, float farthest, int count, int checks) const {
  std::vector<Match> all;
  const int most = std::min(count, static_cast<int>(frames_.size()));
  if (most < 2 || picture.size() == 0) return all;
  cv::Mat near, distances;
  trees_.knnSearch(picture.rows, near, distances, most, cv::flann::SearchParams(checks));
  for (int i = 0; i < near.rows; ++i) {
    const int* nearest = near.ptr<int>(i);
    const float* squared = distances.ptr<float>(i);
    for (int k = 0; k + 1 < most; ++k) {
      if (nearest[k] < 0) break;
      const auto at = static_cast<std::size_t>(nearest[k]);
      const float distance = std::sqrt(squared[k]);
      if (views_[at] == kBackground || distance > farthest) break;
      float other = std::sqrt(squared[most - 1]);
      for (int j = 0; j < most; ++j)
        if (nearest[j] >= 0 && items_[static_cast<std::size_t>(nearest[j])] != items_[at]) {
          other = std::sqrt(squared[j]);
          break;
        }
      const float ratio = distance / (other + 1e-6F);
      if (ratio > loosest) break;
      const Affine& to = picture.frames[static_cast<std::size_t>(i)];
      const Affine& from = frames_[at];
      all.push_back({views_[at],
                     to.after(from.inverse()),
                     {from.tx, from.ty},
                     {to.tx, to.ty},
                     loosest > 1 ? 0.6F * (1 - distance / farthest) : std::clamp(1.1F - ratio, 0.05F, 1.0F),
                     static_cast<std::uint32_t>(i)});
    }
  }
  return all;
}

}  // namespace earshot::logo
