#include "logo/index.hpp"

#include <algorithm>
#include <cmath>

namespace earshot::logo {
namespace {

bool nearer(const float* a, const float* b, int length, float squared) {
  float sum = 0;
  for (int i = 0; i < length && sum < squared; i += 16)
    for (int k = i; k < i + 16; ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return sum < squared;
}

}  // namespace

void Index::add(Features features, std::uint32_t view, std::uint32_t item) {
  if (features.size() == 0) return;
  frames_.insert(frames_.end(), features.frames.begin(), features.frames.end());
  views_.insert(views_.end(), features.size(), view), items_.insert(items_.end(), features.size(), item);
  rows_.push_back(features.rows);
}

void Index::build(float alike) {
  if (frames_.empty()) return;
  cv::Mat leaders(0, rows_.cols, CV_32F);
  for (int i = 0; i < rows_.rows; ++i) {
    int leader = 0;
    while (leader < leaders.rows && !nearer(rows_.ptr<float>(i), leaders.ptr<float>(leader), rows_.cols, alike * alike))
      ++leader;
    if (alike <= 0 || leader == leaders.rows)
      leaders.push_back(rows_.row(i)), places_.emplace_back(), leader = leaders.rows - 1;
    places_[static_cast<std::size_t>(leader)].push_back(static_cast<std::uint32_t>(i));
  }
  rows_ = leaders;
  const cv::RNG before = cv::theRNG();
  cv::theRNG() = cv::RNG(20040115);  // the same trees each time
  trees_.build(rows_, cv::flann::KDTreeIndexParams(4), cvflann::FLANN_DIST_L2);
  cv::theRNG() = before;
}

std::vector<Match> Index::match(const Features& picture, float loosest, float farthest, int count, int checks) const {
  std::vector<Match> all;
  const int most = std::min(count, rows_.rows);
  if (most < 2 || picture.size() == 0) return all;
  cv::Mat near, distances;
  trees_.knnSearch(picture.rows, near, distances, most, cv::flann::SearchParams(checks));
  const auto first_place = [&](int row) { return places_[static_cast<std::size_t>(row)].front(); };
  for (int i = 0; i < near.rows; ++i) {
    const int* nearest = near.ptr<int>(i);
    const float* squared = distances.ptr<float>(i);
    for (int k = 0; k < most && nearest[k] >= 0; ++k) {
      const std::uint32_t item = items_[first_place(nearest[k])];
      const float distance = std::sqrt(squared[k]);
      if (item == kBackground || distance > farthest) break;
      float other = std::sqrt(squared[most - 1]);
      for (int j = 0; j < most; ++j)
        if (nearest[j] >= 0 && items_[first_place(nearest[j])] != item) {
          other = std::sqrt(squared[j]);
          break;
        }
      const float ratio = distance / (other + 1e-6F);
      if (loosest <= 1 && (ratio > loosest || k + 1 == most)) break;
      const Affine& to = picture.frames[static_cast<std::size_t>(i)];
      for (const std::uint32_t at : places_[static_cast<std::size_t>(nearest[k])]) {
        const Affine& from = frames_[at];
        // A shape is worth the more, the more of the logo it is.
        const float weight = loosest > 1
                                 ? 0.6F * (1 - distance / farthest) * (0.4F + 0.6F * std::min(1.0F, from.scale() / 24))
                                 : std::clamp(1.1F - ratio, 0.05F, 1.0F);
        all.push_back({views_[at],
                       to.after(from.inverse()),
                       {from.tx, from.ty},
                       {to.tx, to.ty},
                       weight,
                       static_cast<std::uint32_t>(i)});
      }
    }
  }
  return all;
}

}  // namespace earshot::logo
