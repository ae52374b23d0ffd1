// look.hpp: a frame at a glance: a small grey picture of it and how sharp it is, and how two of them differ. Values,
// free functions; any thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace earshot::video {

struct Look {
  int width = 0, height = 0;  // at most 160 each
  std::vector<std::uint8_t> grey;
  double sharpness = 0;  // mean square of the step from one pixel of the frame to the next: blur makes it small
};

struct Difference {
  double mean = 0;   // of all pixels, 0..255
  double share = 0;  // of the cells that differ clearly
  bool any = false;  // does any cell differ?
};

// Compares by cells of 5 x 5 pixels, so that a logo of 8 % of the width, which covers a cell wherever it stands, counts
// as much as a new scene.
inline Difference differ(const Look& a, const Look& b) {
  constexpr int kCell = 5;
  constexpr int kDiffers = 5 * kCell * kCell, kDiffersClearly = 12 * kCell * kCell;  // sums over a cell
  if (a.width != b.width || a.height != b.height || a.grey.empty()) return {255, 1, true};
  Difference d;
  std::int64_t all = 0;
  int cells = 0, clear = 0;
  for (int top = 0; top < a.height; top += kCell)
    for (int left = 0; left < a.width; left += kCell) {
      // At the right and at the bottom cells reach back, so that each is whole.
      const int y0 = std::max(0, std::min(top, a.height - kCell)), x0 = std::max(0, std::min(left, a.width - kCell));
      int sum = 0;
      for (int y = y0; y < std::min(y0 + kCell, a.height); ++y)
        for (int x = x0; x < std::min(x0 + kCell, a.width); ++x) {
          const std::size_t i = static_cast<std::size_t>(y * a.width + x);
          sum += std::abs(a.grey[i] - b.grey[i]);
        }
      all += sum, ++cells;
      if (sum > kDiffers) d.any = true;
      if (sum > kDiffersClearly) ++clear;
    }
  d.mean = static_cast<double>(all) / (cells * kCell * kCell);
  d.share = static_cast<double>(clear) / cells;
  return d;
}

}  // namespace earshot::video
