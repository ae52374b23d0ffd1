#include "logo/finder.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "logo/candidates.hpp"
#include "logo/score.hpp"

namespace earshot::logo {
namespace {

constexpr int kWorkSide = 640;  // a picture is looked at in this size; details from the full one
constexpr int kLogoSide = 256;  // a logo in this, and once more as small as it often is
constexpr int kSmallLogoSide = 96;
constexpr float kFaintest = 0.25F;  // agreement from afar below which it is not worth to go on
constexpr std::size_t kMostCandidates = 64;

// A view, never written to.
cv::Mat color_of(const Picture& p) {
  return {p.height, p.width, CV_8UC3, const_cast<std::uint8_t*>(p.pixels), p.stride};
}

cv::Mat gray_of(const cv::Mat& color) {
  cv::Mat gray;
  cv::cvtColor(color, gray, cv::COLOR_BGR2GRAY);
  return gray;
}

cv::Mat scaled(const cv::Mat& color, double by) {
  cv::Mat out;
  cv::resize(color, out,
             {std::max(1, static_cast<int>(std::lround(color.cols * by))),
              std::max(1, static_cast<int>(std::lround(color.rows * by)))},
             0, 0, by < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  return out;
}

void rescale(Features& features, float by, Point origin) {
  for (Affine& f : features.frames) {
    f.a *= by, f.b *= by, f.c *= by, f.d *= by;
    f.tx = (f.tx + 0.5F) * by - 0.5F - origin.x, f.ty = (f.ty + 0.5F) * by - 0.5F - origin.y;
  }
}

// Where the logo stands in its picture: whatever differs from a border of one colour.
cv::Rect content(const Picture& p) {
  const cv::Mat color = color_of(p);
  const cv::Rect whole(0, 0, p.width, p.height);
  const auto border = color.at<cv::Vec3b>(0, 0);
  const auto like_border = [&](int x, int y) {
    const auto& c = color.at<cv::Vec3b>(y, x);
    return std::abs(c[0] - border[0]) + std::abs(c[1] - border[1]) + std::abs(c[2] - border[2]) < 48;
  };
  if (!like_border(p.width - 1, 0) || !like_border(0, p.height - 1) || !like_border(p.width - 1, p.height - 1))
    return whole;
  int left = p.width, top = p.height, right = -1, bottom = -1;
  for (int y = 0; y < p.height; ++y)
    for (int x = 0; x < p.width; ++x)
      if (!like_border(x, y))
        left = std::min(left, x), right = std::max(right, x), top = std::min(top, y), bottom = std::max(bottom, y);
  if (right - left < 7 || bottom - top < 7) return whole;
  return {left, top, right - left + 1, bottom - top + 1};
}

// With a margin of its own, so that the features of its outermost parts are whole.
cv::Mat with_margin(const cv::Mat& color, cv::Rect& box) {
  const int margin = std::max(4, std::max(box.width, box.height) / 8);
  cv::Mat out;
  cv::copyMakeBorder(color(box), out, margin, margin, margin, margin, cv::BORDER_REPLICATE);
  // A margin that the picture itself has is better than one made up.
  const cv::Rect around =
      cv::Rect(box.x - margin, box.y - margin, out.cols, out.rows) & cv::Rect(0, 0, color.cols, color.rows);
  color(around).copyTo(
      out(cv::Rect(around.x - box.x + margin, around.y - box.y + margin, around.width, around.height)));
  box = {margin, margin, box.width, box.height};
  return out;
}

// Noise of several sizes and strokes, which no logo is: what looks as much like this as like a logo is not taken.
Features background() {
  cv::RNG random(7);
  Features all;
  for (int i = 0; i < 6; ++i) {
    cv::Mat sum = cv::Mat::zeros(240, 320, CV_32F);
    for (int cell = 2; cell <= 64; cell *= 2) {
      cv::Mat noise((240 + cell - 1) / cell + 1, (320 + cell - 1) / cell + 1, CV_32F), wide;
      random.fill(noise, cv::RNG::UNIFORM, -1, 1);
      cv::resize(noise, wide, {320, 240}, 0, 0, cv::INTER_CUBIC);
      sum += wide * std::pow(cell, 0.4 + 0.15 * i);
    }
    cv::Mat gray;
    cv::normalize(sum, gray, 0, 255, cv::NORM_MINMAX, CV_8U);
    for (int k = 0; k < 12 * i; ++k) {
      const auto at = [&] { return cv::Point(random.uniform(0, 320), random.uniform(0, 240)); };
      cv::line(gray, at(), at(), cv::Scalar(random.uniform(0, 256)), random.uniform(1, 6), cv::LINE_AA);
      if (k % 3 == 0) cv::rectangle(gray, at(), at(), cv::Scalar(random.uniform(0, 256)), random.uniform(1, 4));
    }
    all.add(points_of(gray, 400));
  }
  return all;
}

// Do they cover one another for the most part of the smaller?
bool cover(const Hit& a, const Hit& b) {
  std::vector<cv::Point2f> p, q, both;
  for (std::size_t i = 0; i < 4; ++i) p.emplace_back(a.x[i], a.y[i]), q.emplace_back(b.x[i], b.y[i]);
  const float common = cv::intersectConvexConvex(p, q, both);
  const double least = std::min(std::abs(cv::contourArea(p)), std::abs(cv::contourArea(q)));
  return double{common} > 0.5 * least;
}

}  // namespace

struct Finder::Inside {
  std::vector<View> views;
  Index points, regions;

  // The matches of a picture, of points and regions, by view.
  std::vector<Match> matches(const cv::Mat& color) const {
    const int longer = std::max(color.cols, color.rows);
    const double by = std::min(1.0, double{kWorkSide} / longer);
    const cv::Mat work = by < 1 ? scaled(color, by) : color;
    Features found = points_of(gray_of(work), 900), flat = regions_of(work, 350, 1, 0.6);
    const float up = static_cast<float>(1 / by);
    rescale(found, up, {0, 0}), rescale(flat, up, {0, 0});
    std::vector<Match> all = points.match(found, 0.93F, 0.75F, 6, 32);
    std::vector<Match> more = regions.match(flat, 1.01F, 0.5F, 16, 96);
    for (Match& m : more) m.feature += static_cast<std::uint32_t>(found.size());
    all.insert(all.end(), more.begin(), more.end());
    std::stable_sort(all.begin(), all.end(), [](const Match& a, const Match& b) { return a.view < b.view; });
    return all;
  }

  Homography refined(const View& view, const Homography& first, const Pyramid& picture, const Bounds& bounds) const {
    const float up = view.near.width / view.far.width;
    Homography best = first;
    float best_lines = agreement(view.near, best, picture).lines;
    const auto keep_if_better = [&](const Homography& map) {
      if (!sane(view.near, map, bounds)) return false;
      const float lines = agreement(view.near, map, picture).lines;
      if (lines > best_lines) best_lines = lines, best = map;
      return true;
    };
    // From afar, where edges may be further off, then near.
    Homography far = Homography(best.around({view.near.width / 2, view.near.height / 2}).after({up, 0, 0, 0, up, 0}));
    for (const float reach : {4.0F, 3.0F, 2.0F}) refine(view.far, picture, reach, false, far);
    if (agreement(view.far, far, picture).lines < kFaintest) return best;
    Homography map = far;
    for (std::size_t i = 0; i < 9; i += 3) map.h[i] /= up, map.h[i + 1] /= up;
    if (!keep_if_better(map)) map = best;
    for (const float reach : {5.0F, 3.0F, 2.0F}) {
      refine(view.near, picture, reach, reach < 3, map);
      if (!keep_if_better(map)) map = best;
    }
    map = best;
    refine(view.near, picture, 2, true, map);
    keep_if_better(map);
    return best;
  }

  Hit judged(const Candidate& c, std::span<const Match> all, const Pyramid& picture) const {
    const View& view = views[c.view];
    const Bounds bounds{static_cast<float>(picture.width()), static_cast<float>(picture.height())};
    const Homography map = refined(view, c.map, picture, bounds);
    const auto by_view = [](const Match& a, const Match& b) { return a.view < b.view; };
    Match of;
    of.view = c.view;
    const auto [begin, end] = std::equal_range(all.begin(), all.end(), of, by_view);
    Hit hit;
    hit.view = c.view, hit.points = agreeing(view, {begin, end}, map);
    const std::array<Point, 4> quad = corners(view.near, map);
    for (std::size_t i = 0; i < 4; ++i)
      hit.x[i] = (quad[i].x + 0.5F) / bounds.width, hit.y[i] = (quad[i].y + 0.5F) / bounds.height;
    const Agreement near = agreement(view.near, map, picture);
    const float up = view.near.width / view.far.width;
    const Affine middle = map.around({view.near.width / 2, view.near.height / 2});
    const Agreement far = agreement(view.far, Homography(middle.after({up, 0, 0, 0, up, 0})), picture);
    const Likeness like = likeness(view.far, Homography(middle.after({up, 0, 0, 0, up, 0})), picture);
    hit.reversed = near.sides < 0;
    hit.evidence = {near.lines,
                    std::abs(near.sides),
                    near.cells,
                    near.inside,
                    std::log1p(static_cast<float>(hit.points)),
                    std::log(static_cast<float>(view.near.edges.size()) + 1),
                    std::log(middle.scale() * std::sqrt(view.near.width * view.near.height)),
                    std::abs(like.light),
                    far.lines,
                    like.light < 0 ? -like.tint : like.tint,
                    likeness(view.near, map, picture).clutter,
                    c.rank};
    hit.score = score(hit.evidence);
    return hit;
  }
};

Finder::Finder() : inside_(std::make_unique<Inside>()) {
  cv::setNumThreads(1);
}
Finder::Finder(Finder&&) noexcept = default;
Finder& Finder::operator=(Finder&&) noexcept = default;
Finder::~Finder() = default;

Enrolled Finder::enrol(const Picture& logo, std::uint32_t item) {
  cv::Rect box = content(logo);
  const cv::Mat color = with_margin(color_of(logo), box);
  const auto number = static_cast<std::uint32_t>(inside_->views.size());
  View view;
  view.item = item;
  view.near = Outline(color, box, 64, 160), view.far = Outline(color, box, 24, 64);
  Enrolled told{box.width, box.height, 0, 0, static_cast<int>(view.near.edges.size())};
  const float unit = view.near.width / static_cast<float>(box.width);
  const Point origin{(static_cast<float>(box.x)) * unit - 0.5F, static_cast<float>(box.y) * unit - 0.5F};
  for (const int side : {kLogoSide, kSmallLogoSide}) {
    const double by = double(side) / std::max(box.width, box.height);
    const cv::Mat sized = scaled(color, by);
    Features points = points_of(gray_of(sized), side == kLogoSide ? 220 : 80);
    // From pixels to units of the outline.
    rescale(points, static_cast<float>(double{unit} / by), origin);
    told.points += static_cast<int>(points.size());
    inside_->points.add(reversed(points), number, item), inside_->points.add(points, number, item);
    if (side != kLogoSide) continue;
    Features regions = regions_of(sized, 60, 4, 0.9);
    rescale(regions, static_cast<float>(double{unit} / by), origin);
    told.regions = static_cast<int>(regions.size());
    inside_->regions.add(regions, number, item);
  }
  inside_->views.push_back(std::move(view));
  return told;
}

void Finder::build() {
  inside_->points.add(background(), kBackground, kBackground);
  inside_->points.build(0), inside_->regions.build(0.15F);
}

std::uint32_t Finder::item_of(std::uint32_t view) const {
  return inside_->views[view].item;
}

Found Finder::find(const Picture& picture, double least, const std::function<void()>& stop) const {
  const auto ask = [&] {
    if (stop) stop();
  };
  Found found;
  if (picture.width < 16 || picture.height < 16) return found;
  ask();
  const cv::Mat color = color_of(picture);
  const std::vector<Match> matches = inside_->matches(color);
  ask();
  if (matches.empty()) return found;
  const Pyramid pyramid(color);
  const std::vector<Candidate> likely = candidates(inside_->views, matches, pyramid, kMostCandidates, ask);
  std::vector<Hit> hits;
  for (const Candidate& c : likely) {
    ask();
    found.looked_closer = true;
    Hit hit = inside_->judged(c, matches, pyramid);
    if (hit.score >= least) hits.push_back(hit);
  }
  std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
  for (const Hit& hit : hits)
    if (std::none_of(found.hits.begin(), found.hits.end(), [&](const Hit& h) { return cover(h, hit); }))
      found.hits.push_back(hit);
  return found;
}

}  // namespace earshot::logo
