// affine.hpp: maps between a logo and a picture. Values; any thread.
#pragma once

#include <array>
#include <cmath>

namespace earshot::logo {

struct Point {
  float x = 0, y = 0;
};

// x' = a x + b y + tx, y' = c x + d y + ty.
struct Affine {
  float a = 1, b = 0, tx = 0, c = 0, d = 1, ty = 0;

  Point operator()(Point p) const { return {a * p.x + b * p.y + tx, c * p.x + d * p.y + ty}; }
  float determinant() const { return a * d - b * c; }
  Affine after(const Affine& first) const {
    const Point t = (*this)({first.tx, first.ty});
    return {a * first.a + b * first.c, a * first.b + b * first.d, t.x,
            c * first.a + d * first.c, c * first.b + d * first.d, t.y};
  }
  Affine inverse() const {
    const float s = 1 / determinant();
    const Affine m{d * s, -b * s, 0, -c * s, a * s, 0};
    const Point t = m({tx, ty});
    return {m.a, m.b, -t.x, m.c, m.d, -t.y};
  }
  float scale() const { return std::sqrt(std::abs(determinant())); }
  float angle() const { return std::atan2(c - b, a + d); }
};

// A plane seen at an angle, of row-major entries; the last one is 1.
struct Homography {
  std::array<float, 9> h{1, 0, 0, 0, 1, 0, 0, 0, 1};

  Homography() = default;
  explicit Homography(const Affine& m) : h{m.a, m.b, m.tx, m.c, m.d, m.ty, 0, 0, 1} {}
  Point operator()(Point p) const {
    const float w = 1 / (h[6] * p.x + h[7] * p.y + h[8]);
    return {(h[0] * p.x + h[1] * p.y + h[2]) * w, (h[3] * p.x + h[4] * p.y + h[5]) * w};
  }
  // The affine map that it is like around `p`.
  Affine around(Point p) const {
    const float w = 1 / (h[6] * p.x + h[7] * p.y + h[8]);
    const Point q = (*this)(p);
    Affine m;
    m.a = (h[0] - h[6] * q.x) * w, m.b = (h[1] - h[7] * q.x) * w;
    m.c = (h[3] - h[6] * q.y) * w, m.d = (h[4] - h[7] * q.y) * w;
    m.tx = q.x - m.a * p.x - m.b * p.y, m.ty = q.y - m.c * p.x - m.d * p.y;
    return m;
  }
};

}  // namespace earshot::logo
