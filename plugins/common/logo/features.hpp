// features.hpp: what is matched between a logo and a picture: points (RootSIFT) and flat regions (the shape of an
// MSER). Inside of the library alone. One thread.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "logo/affine.hpp"

namespace earshot::logo {

// Each feature has a frame, the map from its own unit square to the picture, and a row of 128 numbers.
struct Features {
  std::vector<Affine> frames;
  cv::Mat rows;

  std::size_t size() const { return frames.size(); }
  void add(const Features& more);
};

// Lowe 2004, described as Arandjelovic and Zisserman 2012 do; the strongest `most`.
Features points_of(const cv::Mat& gray, int most);

// The same points where light and dark are exchanged, without looking again.
Features reversed(const Features& points);

// Flat regions (Matas et al. 2002), made round by their second moments, turned by what their outline says, and
// described by their shape alone: whatever lies around them, and whether they are light or dark, does not count. Looked
// for in light, and from afar in light and both differences of colour. `turns`: how many ways round are taken where the
// outline looks to several alike; `largest`: part of the picture.
Features regions_of(const cv::Mat& color, int most, std::size_t turns, double largest);

}  // namespace earshot::logo
