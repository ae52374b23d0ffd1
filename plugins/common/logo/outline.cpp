#include "logo/outline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace earshot::logo {
namespace {

constexpr float kFaint = 60;  // Sobel's measure at which an edge counts half

// The normal of an edge under a map, of length one.
Point normal_under(const Affine& m, Point n) {
  Point t{m.d * n.x - m.c * n.y, -m.b * n.x + m.a * n.y};
  const float length = std::sqrt(t.x * t.x + t.y * t.y) + 1e-9F;
  return {t.x / length, t.y / length};
}

// Where the change of light is greatest across the edge.
bool is_ridge(const cv::Mat& size, int x, int y, float dx, float dy) {
  const float here = size.at<float>(y, x);
  const int sx = dx > 0.38F ? 1 : dx < -0.38F ? -1 : 0, sy = dy > 0.38F ? 1 : dy < -0.38F ? -1 : 0;
  return here >= size.at<float>(y + sy, x + sx) && here > size.at<float>(y - sy, x - sx);
}

struct Candidate {
  Edge edge;
  float size;
};

// Spread evenly: of edges near each other the stronger.
std::vector<Edge> spread(std::vector<Candidate>& all, std::size_t most) {
  std::stable_sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.size > b.size; });
  std::vector<Edge> chosen;
  for (float apart = 6; apart >= 1 && chosen.size() < most; apart -= 1) {
    chosen.clear();
    for (const Candidate& c : all) {
      const auto near = [&](const Edge& e) {
        const float dx = e.at.x - c.edge.at.x, dy = e.at.y - c.edge.at.y;
        return dx * dx + dy * dy < apart * apart;
      };
      if (std::none_of(chosen.begin(), chosen.end(), near)) chosen.push_back(c.edge);
      if (chosen.size() >= most) break;
    }
  }
  return chosen;
}

// Normal equations of the shift along the normals.
struct Equations {
  cv::Matx<double, 8, 8> left = cv::Matx<double, 8, 8>::zeros();
  cv::Vec<double, 8> right{};

  static std::array<double, 8> row(const Edge& e, float size) {
    const double x = double{e.at.x} / size, y = double{e.at.y} / size, nx = double{e.normal.x}, ny = double{e.normal.y},
                 along = x * nx + y * ny;
    return {nx * x, nx * y, nx, ny * x, ny * y, ny, -along * x, -along * y};
  }
  void add(const std::array<double, 8>& r, double shift, double weight) {
    for (int i = 0; i < 8; ++i) {
      right[i] += weight * shift * r[static_cast<std::size_t>(i)];
      for (int k = 0; k < 8; ++k)
        left(i, k) += weight * r[static_cast<std::size_t>(i)] * r[static_cast<std::size_t>(k)];
    }
  }
  cv::Vec<double, 8> solve(bool plane, double weights) const {
    cv::Matx<double, 8, 8> a = left;
    for (int i = 0; i < 8; ++i) a(i, i) += weights * (i == 2 || i == 5 ? 0.002 : i < 6 ? 0.01 : plane ? 0.03 : 1e9);
    cv::Vec<double, 8> out;
    cv::solve(a, right, out, cv::DECOMP_CHOLESKY);
    return out;
  }
};

struct Shift {
  std::array<double, 8> row;
  double shift, weight;
};

std::vector<Shift> shifts(const Outline& outline, const Pyramid& picture, float reach, const Homography& map) {
  std::vector<Shift> all;
  const Point middle{outline.width / 2, outline.height / 2};
  const Level& level = picture.level(map.around(middle).scale());
  const float size = std::max(outline.width, outline.height);
  const int steps = static_cast<int>(std::ceil(reach));
  std::array<float, 41> across{};
  for (const Edge& e : outline.edges) {
    const Point n = normal_under(map.around(e.at), e.normal);
    int best = -steps - 1;
    float best_value = 0;
    for (int k = -steps; k <= steps; ++k) {
      Point flow;
      float& value = across[static_cast<std::size_t>(k + steps)];
      value = 0;
      const float off = static_cast<float>(k);
      if (!level.flow_at(map({e.at.x + e.normal.x * off, e.at.y + e.normal.y * off}), flow)) continue;
      const float ahead = std::abs(flow.x * n.x + flow.y * n.y);
      const float length = std::sqrt(flow.x * flow.x + flow.y * flow.y) + 1;
      // Its size counts little: a faint edge that runs right is worth more than a strong one that does not.
      value =
          ahead / length * std::min(ahead, 4 * kFaint) / (ahead + kFaint) * (1 - 0.3F * std::abs(off) / (reach + 1));
      if (value > best_value) best_value = value, best = k;
    }
    if (best < -steps || best_value < 0.2F) continue;
    float shift = static_cast<float>(best);
    if (std::abs(best) < steps) {
      const auto i = static_cast<std::size_t>(best + steps);
      const float l = across[i - 1], r = across[i + 1], bend = l - 2 * across[i] + r;
      if (bend < -1e-6F) shift += std::clamp(0.5F * (l - r) / bend, -0.5F, 0.5F);
    }
    all.push_back({Equations::row(e, size), double{shift}, double{best_value}});
  }
  return all;
}

cv::Vec<double, 8> solved(const std::vector<Shift>& all, bool plane, double tolerance) {
  cv::Vec<double, 8> x{};
  for (int pass = 0; pass < 3; ++pass) {
    Equations equations;
    double weights = 0;
    for (const Shift& s : all) {
      double miss = s.shift;
      for (int i = 0; i < 8; ++i) miss -= s.row[static_cast<std::size_t>(i)] * x[i];
      const double weight = s.weight / (1 + (pass == 0 ? 0 : miss * miss / (tolerance * tolerance)));
      equations.add(s.row, s.shift, weight), weights += weight;
    }
    x = equations.solve(plane, weights);
  }
  return x;
}

// Sums for a correlation of two series.
struct Correlation {
  double n = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0;

  void add(double there, double here) {
    n += 1, a += there, b += here, aa += there * there, bb += here * here, ab += there * here;
  }
  double common() const { return (ab - a * b / n) / n; }
  double of_a() const { return (aa - a * a / n) / n; }
  double of_b() const { return (bb - b * b / n) / n; }
  float value(double floor_a, double floor_b) const {
    return static_cast<float>(common() / std::sqrt((of_a() + floor_a + 1e-6) * (of_b() + floor_b)));
  }
};

// Light, and two differences of colour.
template <class Color>
cv::Vec3d opponents(const Color& c) {
  const double b = double(c[0]), g = double(c[1]), r = double(c[2]);
  return {0.114 * b + 0.587 * g + 0.299 * r, r - g, b - (r + g) / 2};
}

// How strong the edges of the logo are here.
float typical_edge(const Outline& outline, const Homography& map, const Level& level) {
  float sum = 0, n = 1e-3F;
  for (const Edge& e : outline.edges) {
    Point flow;
    if (level.flow_at(map(e.at), flow)) sum += std::hypot(flow.x, flow.y), n += 1;
  }
  return sum / n + 20;
}

// Within the logo, not of the colour around it, and flat for two units on each side.
std::vector<Point> flats_of(const cv::Mat& small, const cv::Mat& size, int margin, float sx, float sy) {
  std::vector<Point> all;
  const auto border = small.at<cv::Vec3b>(0, 0);
  for (int y = margin; y < small.rows - margin; y += 2)
    for (int x = margin; x < small.cols - margin; x += 2) {
      const cv::Vec3b& c = small.at<cv::Vec3b>(y, x);
      if (std::abs(c[0] - border[0]) + std::abs(c[1] - border[1]) + std::abs(c[2] - border[2]) < 48) continue;
      double most = 0;
      cv::minMaxLoc(size({x - 2, y - 2, 5, 5}), nullptr, &most);
      if (most < 30)
        all.push_back({(static_cast<float>(x - margin) + 0.5F) * sx, (static_cast<float>(y - margin) + 0.5F) * sy});
    }
  return all;
}

}  // namespace

Outline::Outline(const cv::Mat& picture, const cv::Rect& box, float longer, std::size_t most) {
  const float scale = longer / static_cast<float>(std::max(box.width, box.height));
  width = static_cast<float>(box.width) * scale, height = static_cast<float>(box.height) * scale;
  // A margin of two pixels: the outermost edges lie on the box itself.
  constexpr int kMargin = 2;
  const int w = std::max(1, static_cast<int>(std::lround(width))),
            h = std::max(1, static_cast<int>(std::lround(height)));
  const float sx = static_cast<float>(box.width) / static_cast<float>(w),
              sy = static_cast<float>(box.height) / static_cast<float>(h);
  cv::Mat smooth = picture, small;
  if (scale < 0.8F) cv::GaussianBlur(picture, smooth, {}, double{0.5F / scale});
  const cv::Matx23f m(sx, 0, static_cast<float>(box.x) + (0.5F - kMargin) * sx - 0.5F, 0, sy,
                      static_cast<float>(box.y) + (0.5F - kMargin) * sy - 0.5F);
  cv::warpAffine(smooth, small, m, {w + 2 * kMargin, h + 2 * kMargin}, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
  color = small(cv::Rect(kMargin, kMargin, w, h)).clone();
  cv::Mat flow[2], dx, dy, size;
  cv::split(flow_of(small), flow);
  flow[0].convertTo(dx, CV_32F), flow[1].convertTo(dy, CV_32F);
  cv::magnitude(dx, dy, size);
  double strongest = 0;
  cv::minMaxLoc(size, nullptr, &strongest);
  const float least = std::max(40.0F, 0.12F * static_cast<float>(strongest));
  std::vector<Candidate> all;
  for (int y = 1; y + 1 < size.rows; ++y)
    for (int x = 1; x + 1 < size.cols; ++x) {
      const float here = size.at<float>(y, x);
      if (here < least) continue;
      const Point n{dx.at<float>(y, x) / here, dy.at<float>(y, x) / here};
      if (!is_ridge(size, x, y, n.x, n.y)) continue;
      Edge e;
      e.at = {(static_cast<float>(x - kMargin) + 0.5F) * width / static_cast<float>(w),
              (static_cast<float>(y - kMargin) + 0.5F) * height / static_cast<float>(h)};
      e.normal = n;
      const int column = std::clamp(static_cast<int>(e.at.x / width * 3), 0, 2);
      e.cell = column + 3 * std::clamp(static_cast<int>(e.at.y / height * 3), 0, 2);
      all.push_back({e, here});
    }
  edges = spread(all, most);
  flats = flats_of(small, size, kMargin, width / static_cast<float>(w), height / static_cast<float>(h));
}

Agreement agreement(const Outline& outline, const Homography& map, const Pyramid& picture) {
  Agreement a;
  if (outline.edges.empty()) return a;
  const Affine middle = map.around({outline.width / 2, outline.height / 2});
  const Level& level = picture.level(middle.scale());
  std::array<float, 9> lines{}, counts{};
  float inside = 0;
  for (const Edge& e : outline.edges) {
    Point flow;
    const auto cell = static_cast<std::size_t>(e.cell);
    counts[cell] += 1;
    if (!level.flow_at(map(e.at), flow)) continue;
    inside += 1;
    const float size = std::sqrt(flow.x * flow.x + flow.y * flow.y) + 1e-6F;
    const Point n = normal_under(map.around(e.at), e.normal);
    const float same = (flow.x * n.x + flow.y * n.y) / size, weight = size / (size + kFaint);
    const float line = (2 * same * same - 1) * weight;
    lines[cell] += line, a.lines += line, a.sides += same * weight;
  }
  const float n = static_cast<float>(outline.edges.size());
  a.lines /= n, a.sides /= n, a.inside = inside / n;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0 && lines[i] / counts[i] > 0.4F) a.cells += counts[i] / n;
  return a;
}

Likeness likeness(const Outline& outline, const Homography& map, const Pyramid& picture) {
  const Level& level = picture.level(map.around({outline.width / 2, outline.height / 2}).scale());
  const cv::Mat& logo = outline.color;
  const float sx = outline.width / static_cast<float>(logo.cols), sy = outline.height / static_cast<float>(logo.rows);
  std::array<Correlation, 3> parts;
  for (int y = 0; y < logo.rows; ++y)
    for (int x = 0; x < logo.cols; ++x) {
      cv::Vec3f seen;
      const Point at = map({(static_cast<float>(x) + 0.5F) * sx, (static_cast<float>(y) + 0.5F) * sy});
      if (!level.color_at(at, seen)) continue;
      const cv::Vec3d here = opponents(seen), there = opponents(logo.at<cv::Vec3b>(y, x));
      for (std::size_t k = 0; k < 3; ++k) parts[k].add(there[static_cast<int>(k)], here[static_cast<int>(k)]);
    }
  Likeness out;
  if (parts[0].n < 16) return out;
  out.light = parts[0].value(0, 1);
  // What has hardly a colour says hardly anything.
  out.tint =
      static_cast<float>((parts[1].common() + parts[2].common()) / std::sqrt((parts[1].of_a() + parts[2].of_a() + 60) *
                                                                             (parts[1].of_b() + parts[2].of_b() + 60)));
  const float edge = typical_edge(outline, map, level);
  for (const Point& p : outline.flats) {
    Point flow;
    if (!level.flow_at(map(p), flow)) continue;
    out.clutter += std::min(1.0F, std::hypot(flow.x, flow.y) / edge) / static_cast<float>(outline.flats.size());
  }
  return out;
}

void refine(const Outline& outline, const Pyramid& picture, float reach, bool plane, Homography& map) {
  const std::vector<Shift> all = shifts(outline, picture, reach, map);
  if (all.size() < 8) return;
  const cv::Vec<double, 8> x = solved(all, plane, std::max(0.7, double{reach} / 3));
  const float size = std::max(outline.width, outline.height);
  const auto f = [&](int i) { return static_cast<float>(x[i]); };
  // x was solved for coordinates of 0..1; the shift itself is in units of the outline.
  const std::array<float, 9> d{1 + f(0) / size,      f(1) / size,          f(2), f(3) / size, 1 + f(4) / size, f(5),
                               f(6) / (size * size), f(7) / (size * size), 1};
  const std::array<float, 9> h = map.h;
  std::array<float, 9> made{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t k = 0; k < 3; ++k)
      for (std::size_t j = 0; j < 3; ++j) made[3 * i + k] += h[3 * i + j] * d[3 * j + k];
  if (!(std::abs(made[8]) > 1e-6F)) return;
  for (float& v : made) v /= made[8];
  map.h = made;
}

}  // namespace earshot::logo
