#include "logo/candidates.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/calib3d.hpp>
#include <set>

namespace earshot::logo {
namespace {

constexpr std::size_t kMostOfView = 300, kKeptOfView = 6;

struct Guess {
  Affine map;
  Point middle;
  float size = 0, angle = 0, log_scale = 0, votes = 0, rank = 0;
  const Match* match = nullptr;
};

bool alike(const Guess& a, const Guess& b, float place, float scale, float turn) {
  const float dx = a.middle.x - b.middle.x, dy = a.middle.y - b.middle.y, reach = place * std::max(a.size, b.size);
  if (dx * dx + dy * dy > reach * reach || std::abs(a.log_scale - b.log_scale) > scale) return false;
  const float angle = std::abs(std::remainder(a.angle - b.angle, 2 * std::numbers::pi_v<float>));
  return angle <= turn;
}

// Does the feature of `b` lie where `a` would have it? The further apart, the less sure its map is.
bool votes_for(const Guess& a, const Guess& b) {
  if (a.match->feature == b.match->feature || std::abs(a.log_scale - b.log_scale) > 0.5F) return false;
  if (std::abs(std::remainder(a.angle - b.angle, 2 * std::numbers::pi_v<float>)) > 0.5F) return false;
  const Point p = a.map(b.match->from), q = b.match->to, own = a.match->to;
  const float dx = p.x - q.x, dy = p.y - q.y, ax = q.x - own.x, ay = q.y - own.y, apart = std::sqrt(ax * ax + ay * ay);
  const float reach = 0.22F * apart + 0.03F * a.size;
  return apart > 0.06F * a.size && dx * dx + dy * dy < reach * reach;
}

std::vector<Guess> guesses(const View& view, std::span<const Match> matches, const Bounds& bounds) {
  std::vector<Guess> all;
  const Point middle{view.near.width / 2, view.near.height / 2};
  for (const Match& m : matches) {
    if (!sane(view.near, Homography(m.map), bounds)) continue;
    Guess g;
    g.map = m.map, g.match = &m, g.middle = m.map(middle), g.angle = m.map.angle();
    const float scale = m.map.scale();
    g.size = scale * std::sqrt(view.near.width * view.near.height), g.log_scale = std::log(scale);
    all.push_back(g);
  }
  if (all.size() > kMostOfView) {
    std::stable_sort(all.begin(), all.end(),
                     [](const Guess& a, const Guess& b) { return a.match->weight > b.match->weight; });
    all.resize(kMostOfView);
  }
  return all;
}

// The map that most of those who voted for `g` agree on (RANSAC, Fischler and Bolles 1981).
bool agreed(const Guess& g, const std::vector<Guess>& all, Affine& map) {
  std::vector<cv::Point2f> from, to;
  for (const Guess& other : all)
    if (&other == &g || votes_for(g, other)) {
      from.emplace_back(other.match->from.x, other.match->from.y);
      to.emplace_back(other.match->to.x, other.match->to.y);
    }
  if (from.size() < 3) return false;
  const double tolerance = std::max(2.0, double{g.size} * 0.04);
  const cv::Mat found = from.size() < 8 ? cv::estimateAffinePartial2D(from, to, {}, cv::RANSAC, tolerance, 200)
                                        : cv::estimateAffine2D(from, to, {}, cv::RANSAC, tolerance, 300);
  if (found.empty()) return false;
  const auto at = [&](int r, int c) { return static_cast<float>(found.at<double>(r, c)); };
  map = {at(0, 0), at(0, 1), at(0, 2), at(1, 0), at(1, 1), at(1, 2)};
  return std::abs(map.determinant()) > 1e-6F;
}

float first_look(const View& view, const Affine& map, const Pyramid& picture) {
  const float up = view.near.width / view.far.width;
  return agreement(view.far, Homography(map.after({up, 0, 0, 0, up, 0})), picture).lines;
}

void best_of_view(std::uint32_t number, const View& view, std::span<const Match> matches, const Pyramid& picture,
                  std::vector<Candidate>& out) {
  const Bounds bounds{static_cast<float>(picture.width()), static_cast<float>(picture.height())};
  std::vector<Guess> all = guesses(view, matches, bounds);
  for (Guess& g : all) {
    g.rank = first_look(view, g.map, picture) + 0.1F * g.match->weight;
    if (g.rank < 0.05F) continue;
    for (const Guess& other : all)
      if (votes_for(g, other)) g.votes += other.match->weight;
    g.rank += 0.35F * std::min(1.0F, std::log1p(g.votes));
  }
  std::vector<const Guess*> order;
  for (const Guess& g : all) order.push_back(&g);
  std::stable_sort(order.begin(), order.end(), [](auto* a, auto* b) { return a->rank > b->rank; });
  std::vector<const Guess*> kept;
  for (const Guess* g : order) {
    if (kept.size() >= kKeptOfView) break;
    if (std::any_of(kept.begin(), kept.end(), [&](auto* k) { return alike(*g, *k, 0.2F, 0.25F, 0.35F); })) continue;
    kept.push_back(g);
    Candidate c{number, Homography(g->map), g->rank};
    Affine better;
    if (g->votes > 0.3F && agreed(*g, all, better) && sane(view.near, Homography(better), bounds)) {
      const float gain = first_look(view, better, picture) - first_look(view, g->map, picture);
      if (gain > -0.1F) c.map = Homography(better), c.rank += std::max(gain, 0.0F);
    }
    out.push_back(c);
  }
}

}  // namespace

std::array<Point, 4> corners(const Outline& outline, const Homography& map) {
  return {map({0, 0}), map({outline.width, 0}), map({outline.width, outline.height}), map({0, outline.height})};
}

bool sane(const Outline& outline, const Homography& map, const Bounds& bounds) {
  const std::array<Point, 4> q = corners(outline, map);
  float area = 0, shortest = 1e9F, longest = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Point a = q[i], b = q[(i + 1) % 4], c = q[(i + 2) % 4];
    // Convex, and turning as the logo does.
    const float turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
    const float w = map.h[6] * (i % 3 == 0 ? 0 : outline.width) + map.h[7] * (i > 1 ? outline.height : 0) + map.h[8];
    if (!(turn > 0) || !(w > 0.2F && w < 5)) return false;
    const float stretch = std::hypot(b.x - a.x, b.y - a.y) / (i % 2 == 0 ? outline.width : outline.height);
    shortest = std::min(shortest, stretch), longest = std::max(longest, stretch);
    area += (a.x * b.y - b.x * a.y) / 2;
  }
  if (longest > 3.2F * shortest || area < 150 || area > 1.5F * bounds.width * bounds.height) return false;
  const Point m = map({outline.width / 2, outline.height / 2});
  return m.x > 0 && m.y > 0 && m.x < bounds.width && m.y < bounds.height;
}

std::vector<Candidate> candidates(std::span<const View> views, std::span<const Match> matches, const Pyramid& picture,
                                  std::size_t most, const std::function<void()>& stop) {
  std::vector<Candidate> all;
  for (std::size_t begin = 0; begin < matches.size();) {
    std::size_t end = begin;
    while (end < matches.size() && matches[end].view == matches[begin].view) ++end;
    if (stop) stop();
    cv::theRNG() = cv::RNG(1981);  // the same answers, whatever was looked at before
    const std::uint32_t view = matches[begin].view;
    best_of_view(view, views[view], matches.subspan(begin, end - begin), picture, all);
    begin = end;
  }
  std::stable_sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) { return a.rank > b.rank; });
  if (all.size() > most) all.resize(most);
  return all;
}

int agreeing(const View& view, std::span<const Match> of_view, const Homography& map) {
  std::set<std::uint32_t> features;
  const Affine middle = map.around({view.near.width / 2, view.near.height / 2});
  const float reach = std::max(2.0F, 0.06F * middle.scale() * std::max(view.near.width, view.near.height));
  for (const Match& m : of_view) {
    const Point p = map(m.from);
    if (std::hypot(p.x - m.to.x, p.y - m.to.y) > reach) continue;
    const Affine here = map.around(m.from);
    if (std::abs(std::log(here.scale() / m.map.scale())) > 0.5F) continue;
    if (std::abs(std::remainder(here.angle() - m.map.angle(), 2 * std::numbers::pi_v<float>)) > 0.6F) continue;
    features.insert(m.feature);
  }
  return static_cast<int>(features.size());
}

}  // namespace earshot::logo
