// index.hpp: the features of all logos in one index (FLANN's randomised k-d trees, Muja and Lowe 2009), so that a
// picture is looked up once, however many logos there are. Read only after `build`. Inside of the library alone.
#pragma once

#include <cstdint>
#include <opencv2/flann.hpp>
#include <vector>

#include "logo/features.hpp"

namespace earshot::logo {

inline constexpr std::uint32_t kBackground = 0xffffffff;

// A feature of the picture that looks like one of a logo's.
struct Match {
  std::uint32_t view = 0;
  Affine map;                 // from the view's outline to the picture
  Point from, to;             // the middle of the feature there and here
  float weight = 0;           // 0..1: how much more it looks like this logo than like anything else
  std::uint32_t feature = 0;  // of the picture
};

class Index {
 public:
  // `item`: what the view is of; features of one item do not compete.
  void add(Features features, std::uint32_t view, std::uint32_t item);
  // What is nearer than `alike` is one entry with several places: simple shapes stand in many logos, and in each many
  // times, and would crowd out one another.
  void build(float alike);
  // `loosest`: the greatest part of the distance to anything else that still counts; `farthest`: distance that counts;
  // `nearest`: how many are looked at of each.
  std::vector<Match> match(const Features& picture, float loosest, float farthest, int nearest, int checks) const;

 private:
  std::vector<std::vector<std::uint32_t>> places_;  // of each row that is searched, in frames_
  std::vector<Affine> frames_;
  std::vector<std::uint32_t> views_, items_;
  cv::Mat rows_;
  mutable cv::flann::Index trees_;  // its search is const in all but name
};

}  // namespace earshot::logo
