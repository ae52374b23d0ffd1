#include "logo/features.hpp"

#include <algorithm>
#include <array>
#include <numbers>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>

namespace earshot::logo {
namespace {

constexpr int kLength = 128;

void root(cv::Mat& rows) {
  for (int i = 0; i < rows.rows; ++i) {
    float* row = rows.ptr<float>(i);
    float sum = 1e-6F;
    for (int k = 0; k < kLength; ++k) sum += row[k];
    for (int k = 0; k < kLength; ++k) row[k] = std::sqrt(row[k] / sum);
  }
}

// The shape of a region in a square of its own, as gradients of its mask.
constexpr int kSide = 32;
constexpr float kReach = 3.0F;  // half the square, in standard deviations: a disc ends at 2

struct Gradients {
  std::array<float, kSide * kSide> size{}, angle{};
};

Gradients gradients_of(const cv::Mat& patch) {
  Gradients g;
  for (int y = 1; y + 1 < kSide; ++y)
    for (int x = 1; x + 1 < kSide; ++x) {
      const auto at = [&](int row, int column) { return static_cast<float>(patch.at<std::uint8_t>(row, column)); };
      const float dx = at(y, x + 1) - at(y, x - 1), dy = at(y + 1, x) - at(y - 1, x);
      const auto i = static_cast<std::size_t>(y * kSide + x);
      if (dx == 0 && dy == 0) continue;
      g.size[i] = std::sqrt(dx * dx + dy * dy), g.angle[i] = std::atan2(dy, dx);
    }
  return g;
}

constexpr float kTurn = 2 * std::numbers::pi_v<float>;

// The directions that most of the outline looks to.
std::vector<float> directions_of(const Gradients& g, std::size_t most) {
  constexpr std::size_t kBins = 36;
  std::array<float, kBins> bins{};
  for (std::size_t i = 0; i < g.size.size(); ++i) {
    const float at = (g.angle[i] / kTurn + 1) * float{kBins};
    bins[static_cast<std::size_t>(at) % kBins] += g.size[i];
  }
  std::array<float, kBins> smooth{};
  for (std::size_t i = 0; i < kBins; ++i)
    smooth[i] = bins[(i + kBins - 2) % kBins] + 4 * bins[(i + kBins - 1) % kBins] + 6 * bins[i] +
                4 * bins[(i + 1) % kBins] + bins[(i + 2) % kBins];
  std::vector<std::pair<float, float>> peaks;
  for (std::size_t i = 0; i < kBins; ++i) {
    const float before = smooth[(i + kBins - 1) % kBins], after = smooth[(i + 1) % kBins];
    if (smooth[i] < before || smooth[i] <= after) continue;
    const float shift = 0.5F * (before - after) / (before - 2 * smooth[i] + after);
    peaks.emplace_back(smooth[i], (static_cast<float>(i) + 0.5F + shift) / float{kBins} * kTurn);
  }
  std::sort(peaks.rbegin(), peaks.rend());
  std::vector<float> directions;
  for (const auto& [size, direction] : peaks)
    if (directions.size() < most && size > 0.75F * peaks[0].first) directions.push_back(direction);
  if (directions.empty()) directions.push_back(0);
  return directions;
}

// 4x4 cells of 8 directions, each gradient shared out between the nearest.
void describe(const Gradients& g, float* row) {
  std::fill(row, row + kLength, 0.0F);
  for (int y = 1; y + 1 < kSide; ++y)
    for (int x = 1; x + 1 < kSide; ++x) {
      const auto i = static_cast<std::size_t>(y * kSide + x);
      if (g.size[i] < 1) continue;
      const float cx = (static_cast<float>(x) + 0.5F) / 8 - 0.5F, cy = (static_cast<float>(y) + 0.5F) / 8 - 0.5F;
      const float o = (g.angle[i] / kTurn + 1) * 8;
      const float fx = std::floor(cx), fy = std::floor(cy), fo = std::floor(o);
      for (int k = 0; k < 8; ++k) {
        const int bx = static_cast<int>(fx) + (k & 1), by = static_cast<int>(fy) + (k >> 1 & 1);
        const int bo = (static_cast<int>(fo) + (k >> 2)) % 8;
        if (bx < 0 || by < 0 || bx > 3 || by > 3) continue;
        const float wx = (k & 1) != 0 ? cx - fx : 1 - cx + fx, wy = (k >> 1 & 1) != 0 ? cy - fy : 1 - cy + fy;
        const float wo = (k >> 2) != 0 ? o - fo : 1 - o + fo;
        row[(by * 4 + bx) * 8 + bo] += g.size[i] * wx * wy * wo;
      }
    }
}

cv::Mat patch_of(const cv::Mat& mask, cv::Point corner, const Affine& frame) {
  const float step = 2 / float{kSide};
  // From the middle of a pixel of the patch to the mask.
  const Affine to = Affine{1, 0, -static_cast<float>(corner.x), 0, 1, -static_cast<float>(corner.y)}.after(
      frame.after({step, 0, step / 2 - 1, 0, step, step / 2 - 1}));
  const cv::Matx23f m(to.a, to.b, to.tx, to.c, to.d, to.ty);
  cv::Mat patch;
  cv::warpAffine(mask, patch, m, {kSide, kSide}, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, 0);
  return patch;
}

// From the square of [-1, 1] to the picture; none where the region is a line.
bool moments_frame(const std::vector<cv::Point>& pixels, Affine& frame) {
  double x = 0, y = 0, xx = 0, xy = 0, yy = 0;
  for (const cv::Point& p : pixels) x += p.x, y += p.y, xx += p.x * p.x, xy += p.x * p.y, yy += p.y * p.y;
  const double n = static_cast<double>(pixels.size());
  x /= n, y /= n, xx = xx / n - x * x + 0.08, yy = yy / n - y * y + 0.08, xy = xy / n - x * y;
  const double determinant = xx * yy - xy * xy, trace = xx + yy;
  if (determinant <= 0 || trace * trace > 60 * determinant) return false;
  // The square root of the covariance.
  const double s = std::sqrt(determinant), t = std::sqrt(trace + 2 * s);
  const auto f = [&](double v) { return static_cast<float>(v / t * kReach); };
  frame = {f(xx + s), f(xy), static_cast<float>(x), f(xy), f(yy + s), static_cast<float>(y)};
  return true;
}

// The same region at another threshold.
bool same_region(const Affine& a, const Affine& b) {
  const float size = a.scale();
  return std::hypot(a.tx - b.tx, a.ty - b.ty) < 0.05F * size && std::abs(size - b.scale()) < 0.05F * size &&
         std::abs(a.a - b.a) < 0.08F * size && std::abs(a.b - b.b) < 0.08F * size;
}

struct Region {
  std::vector<cv::Point> pixels;  // of the size in which it was found
  cv::Rect box;
  Affine own, frame;  // in that size, and in the picture
};

cv::Mat gray_of(const cv::Mat& color) {
  cv::Mat gray;
  cv::cvtColor(color, gray, cv::COLOR_BGR2GRAY);
  return gray;
}

// `up`: pixels of the picture to one of `plane`.
std::vector<Region> regions(const cv::Mat& plane, int delta, float up, double largest) {
  std::vector<std::vector<cv::Point>> found;
  std::vector<cv::Rect> boxes;
  cv::MSER::create(delta, 40, static_cast<int>(plane.rows * plane.cols * largest), 0.35, 0.35)
      ->detectRegions(plane, found, boxes);
  std::vector<Region> all;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const cv::Rect& box = boxes[i];
    if (box.x <= 0 || box.y <= 0 || box.br().x >= plane.cols || box.br().y >= plane.rows) continue;
    Region region;
    if (!moments_frame(found[i], region.own)) continue;
    region.frame = region.own;
    Affine& f = region.frame;
    f.a *= up, f.b *= up, f.c *= up, f.d *= up, f.tx = (f.tx + 0.5F) * up - 0.5F, f.ty = (f.ty + 0.5F) * up - 0.5F;
    region.pixels = std::move(found[i]), region.box = box;
    all.push_back(std::move(region));
  }
  return all;
}

void describe_region(const Region& region, std::size_t turns, Features& found) {
  const cv::Point corner{region.box.x - 1, region.box.y - 1};
  cv::Mat mask = cv::Mat::zeros(region.box.height + 2, region.box.width + 2, CV_8U), row(1, kLength, CV_32F);
  for (const cv::Point& p : region.pixels) mask.at<std::uint8_t>(p.y - corner.y, p.x - corner.x) = 255;
  // A mask much larger than the patch is made smooth first, or its outline would be left to chance.
  const int blur = std::clamp(2 * static_cast<int>(region.own.scale() * 2 / kSide) + 1, 3, 15);
  cv::blur(mask, mask, {blur, blur});
  const Gradients upright = gradients_of(patch_of(mask, corner, region.own));
  for (const float direction : directions_of(upright, turns)) {
    const float c = std::cos(direction), s = std::sin(direction);
    const Affine turn{c, -s, 0, s, c, 0};
    describe(gradients_of(patch_of(mask, corner, region.own.after(turn))), row.ptr<float>());
    found.rows.push_back(row), found.frames.push_back(region.frame.after(turn));
  }
}

}  // namespace

void Features::add(const Features& more) {
  frames.insert(frames.end(), more.frames.begin(), more.frames.end());
  rows.push_back(more.rows);
}

Features points_of(const cv::Mat& gray, int most) {
  Features found;
  std::vector<cv::KeyPoint> points;
  cv::SIFT::create(most, 3, 0.03, 12, 1.6)->detectAndCompute(gray, {}, points, found.rows);
  root(found.rows);
  for (const cv::KeyPoint& p : points) {
    const float angle = p.angle * std::numbers::pi_v<float> / 180, r = p.size * 0.5F;
    const float c = std::cos(angle) * r, s = std::sin(angle) * r;
    found.frames.push_back({c, -s, p.pt.x, s, c, p.pt.y});
  }
  return found;
}

Features reversed(const Features& points) {
  Features other;
  other.rows.create(points.rows.rows, kLength, CV_32F);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Affine& f = points.frames[i];
    other.frames.push_back({-f.a, -f.b, f.tx, -f.c, -f.d, f.ty});
    const float* from = points.rows.ptr<float>(static_cast<int>(i));
    float* to = other.rows.ptr<float>(static_cast<int>(i));
    for (int cell = 0; cell < 16; ++cell) std::copy_n(from + 8 * cell, 8, to + 8 * (15 - cell));
  }
  return other;
}

Features regions_of(const cv::Mat& color, int most, std::size_t turns, double largest) {
  std::vector<Region> all = regions(gray_of(color), 6, 1, largest);
  const float by = std::min(1.0F, 256.0F / static_cast<float>(std::max(color.cols, color.rows)));
  cv::Mat small, lab, planes[3];
  cv::resize(color, small, {}, double{by}, double{by}, cv::INTER_AREA);
  cv::cvtColor(small, lab, cv::COLOR_BGR2Lab);
  cv::split(lab, planes);
  for (int k = 0; k < 3; ++k) {
    if (k > 0) planes[k].convertTo(planes[k], -1, 2, -128);
    std::vector<Region> more = regions(planes[k], 5, 1 / by, largest);
    std::move(more.begin(), more.end(), std::back_inserter(all));
  }
  std::stable_sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.frame.scale() > b.frame.scale(); });
  Features found;
  found.rows.create(0, kLength, CV_32F);
  std::vector<Affine> taken;
  for (const Region& region : all) {
    if (found.size() >= static_cast<std::size_t>(most)) break;
    const Affine& frame = region.frame;
    if (std::any_of(taken.begin(), taken.end(), [&](const Affine& other) { return same_region(frame, other); }))
      continue;
    taken.push_back(frame);
    describe_region(region, turns, found);
  }
  root(found.rows);
  return found;
}

}  // namespace earshot::logo
