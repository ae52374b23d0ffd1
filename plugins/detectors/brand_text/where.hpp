// where.hpp: where in a picture or a sound the words of a mention are. Free functions; any thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <earshot/detector.hpp>

#include "text/fold.hpp"

namespace earshot::brand_text {

inline bool has_box(const ear_quad& quad) {
  return quad.x[1] != quad.x[0] || quad.y[1] != quad.y[0] || quad.x[2] != quad.x[0] || quad.y[2] != quad.y[0];
}

// From the left end of the first to the right end of the last where they stand in one row; else upright around both.
inline ear_quad around(const ear_quad& a, const ear_quad& b) {
  const float dx = a.x[1] - a.x[0], dy = a.y[1] - a.y[0], length = std::hypot(dx, dy);
  const auto ahead = [&](float x, float y) {
    return ((x - a.x[1]) * dx + (y - a.y[1]) * dy) / std::max(length, 1e-6f);
  };
  const auto aside = [&](float x, float y) {
    return std::abs((x - a.x[1]) * dy - (y - a.y[1]) * dx) / std::max(length, 1e-6f);
  };
  const float height = std::hypot(a.x[3] - a.x[0], a.y[3] - a.y[0]);
  if (ahead(b.x[0], b.y[0]) > -height && aside(b.x[0], b.y[0]) < 0.6f * height)
    return {{a.x[0], b.x[1], b.x[2], a.x[3]}, {a.y[0], b.y[1], b.y[2], a.y[3]}};
  const auto [left, right] = std::minmax({a.x[0], a.x[1], a.x[2], a.x[3], b.x[0], b.x[1], b.x[2], b.x[3]});
  const auto [top, bottom] = std::minmax({a.y[0], a.y[1], a.y[2], a.y[3], b.y[0], b.y[1], b.y[2], b.y[3]});
  return {{left, right, right, left}, {top, top, bottom, bottom}};
}

// Of a segment that was read or heard: the medium, and the box and the time of the words in `range`, as far as it says
// them; else its own. What was typed is nowhere else.
inline void place(const ear_segment& segment, text::Range range, Finding& finding) {
  if (segment.media == EAR_NONE) return;
  finding.media = segment.media, finding.box = segment.box;
  finding.start = Duration{segment.start}, finding.stop = Duration{segment.end};
  bool any = false;
  for (const Word word : Segment{segment}.words()) {
    const ear_word& w = word.raw();
    if (w.end <= range.begin || w.begin >= range.end) continue;
    if (has_box(w.box)) finding.box = any && has_box(finding.box) ? around(finding.box, w.box) : w.box;
    if (w.start != 0 || w.stop != 0) {
      finding.start = any ? std::min(finding.start, Duration{w.start}) : Duration{w.start};
      finding.stop = any ? std::max(finding.stop, Duration{w.stop}) : Duration{w.stop};
    }
    any = true;
  }
}

}  // namespace earshot::brand_text
