// candidates.hpp: where in a picture which logo may be: each matched feature says where the whole logo would stand,
// those that say the same vote for each other (Lowe 2004), and a coarse outline tells the likely from the rest. Inside
// of the library alone.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "logo/index.hpp"
#include "logo/outline.hpp"

namespace earshot::logo {

// One picture of a logo, ready to be found.
struct View {
  std::uint32_t item = 0;
  Outline near, far;  // far: for a first look
};

struct Candidate {
  std::uint32_t view = 0;
  Homography map;  // from View::near
  float rank = 0;
};

struct Bounds {
  float width = 0, height = 0;  // of the picture
};

// May a logo look like that? Not mirrored, not folded, neither a speck nor a line, and mostly within the picture.
bool sane(const Outline& outline, const Homography& map, const Bounds& bounds);
std::array<Point, 4> corners(const Outline& outline, const Homography& map);

// The likeliest first, at most `most`. `matches` ordered by view.
std::vector<Candidate> candidates(std::span<const View> views, std::span<const Match> matches, const Pyramid& picture,
                                  std::size_t most, const std::function<void()>& stop);

// Features that agree with a map, each feature of the picture counted once.
int agreeing(const View& view, std::span<const Match> of_view, const Homography& map);

}  // namespace earshot::logo
