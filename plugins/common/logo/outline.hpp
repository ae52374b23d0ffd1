// outline.hpp: the edges of a logo, how well a picture agrees with them under a map, and how to make the map better.
//
// Agreement is of directions alone (Steger 2002: similarity measures for occlusion, clutter and illumination invariant
// object recognition), with a line's two sides alike, so that light on dark and any background will do. The map is made
// better by looking for each edge along its normal (Harris 1990), first affine, then as a plane at an angle.
// Inside of the library alone. One thread.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "logo/affine.hpp"
#include "logo/gradients.hpp"

namespace earshot::logo {

struct Edge {
  Point at, normal;  // the normal looks to where it is lighter
  int cell = 0;      // of 3x3
};

// A logo of `width` and `height`, the longer of them 64 (or 24: the same from afar).
struct Outline {
  float width = 0, height = 0;
  std::vector<Edge> edges;
  std::vector<Point> flats;  // within the logo, away from edges
  cv::Mat color;             // the logo itself, a point a unit

  Outline() = default;
  // `picture`: of the logo and some margin; `box`: where it stands in there.
  Outline(const cv::Mat& picture, const cv::Rect& box, float longer, std::size_t most);
};

struct Agreement {
  float lines = 0;   // -1..1: edges that run as they should; of chance 0
  float sides = 0;   // -1..1: and are light on the side where the logo is; below 0: light and dark are exchanged
  float cells = 0;   // 0..1: the part of the logo that agrees well
  float inside = 0;  // 0..1: the part of the edges within the picture
};

Agreement agreement(const Outline& outline, const Homography& map, const Pyramid& picture);

// How much what is seen within the map is like the logo.
struct Likeness {
  float light = 0;    // correlation of light, -1..1: below 0 they are the reverse of each other
  float tint = 0;     // of differences of colour, -1..1; 0 where the logo has none
  float clutter = 0;  // 0..1: edges where the logo has none
};
Likeness likeness(const Outline& outline, const Homography& map, const Pyramid& picture);

// Looks up to `reach` (units of the outline) to both sides of each edge. `plane`: also for a plane at an angle.
void refine(const Outline& outline, const Pyramid& picture, float reach, bool plane, Homography& map);

}  // namespace earshot::logo
