#include "ocr/lines.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace earshot::ocr {
namespace {

constexpr double kSteepest = 0.75;    // rise over run between neighbours
constexpr double kWidestGap = 1.3;    // between neighbours, in heights of the larger
constexpr float kWidestInRow = 2.2f;  // between pieces of a row
constexpr float kWidestInTable = 14;  // where there are many lines: a page or a bill with columns
constexpr auto kManyLines = 12;
constexpr float kClear = 0.5f;           // score of a line that is lettering
constexpr float kShortestLine = 1.6f;    // in heights
constexpr std::size_t kMostLooks = 400;  // at letters further right

cv::Point2f middle(const cv::Rect& r) {
  return {static_cast<float>(r.x) + static_cast<float>(r.width) / 2,
          static_cast<float>(r.y) + static_cast<float>(r.height) / 2};
}

template <class Get>
float median_of(const std::vector<const Letter*>& letters, Get&& get) {
  std::vector<float> all;
  for (const Letter* letter : letters) all.push_back(get(*letter));
  const auto at = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), at, all.end());
  return *at;
}

bool alike(const Letter& a, const Letter& b) {
  const auto [low, high] = std::minmax(a.box.height, b.box.height);
  if (low * 5 < high * 2) return false;
  if (std::max(a.stroke, b.stroke) > 2.2f * std::min(a.stroke, b.stroke) + 0.8f) return false;
  return std::abs(a.value - b.value) < 0.4f * std::min(a.contrast, b.contrast) + 12;
}

// The price of `b` as the right neighbour of `a`; negative: it is none.
double price(const Letter& a, const Letter& b) {
  const double high = std::max(a.box.height, b.box.height), low = std::min(a.box.height, b.box.height);
  const double gap = b.box.x - (a.box.x + a.box.width);
  if (gap > kWidestGap * high || gap < -0.4 * std::min(a.box.width, b.box.width)) return -1;
  const cv::Point2f from = middle(a.box), to = middle(b.box);
  const double rise = std::abs(to.y - from.y);
  // Of long shapes (letters that touch) the ends meet, not the middles.
  const double run = std::min<double>(to.x - from.x, std::max(gap, 0.0) + 1.2 * high);
  const double overlap = std::min(a.box.y + a.box.height, b.box.y + b.box.height) - std::max(a.box.y, b.box.y);
  if (overlap < 0.35 * low && rise > kSteepest * run) return -1;
  if (rise > 0.8 * high) return -1;
  return std::max(gap, 0.0) + 2 * rise;
}

std::size_t root(std::vector<std::size_t>& parents, std::size_t i) {
  while (parents[i] != i) i = parents[i] = parents[parents[i]];
  return i;
}

// Each letter with its cheapest right neighbour.
std::vector<std::vector<const Letter*>> chains(const std::vector<Letter>& letters) {
  std::vector<std::size_t> parents(letters.size());
  std::iota(parents.begin(), parents.end(), std::size_t{0});
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const Letter& a = letters[i];
    const double reach = a.box.x + a.box.width + kWidestGap * 2.5 * a.box.height;
    double best = -1;
    std::size_t neighbour = 0, looks = 0;
    for (std::size_t j = i + 1; j < letters.size() && letters[j].box.x <= reach && looks < kMostLooks; ++j) {
      const int apart = letters[j].box.y - a.box.y;
      if (std::abs(apart) > 3 * a.box.height) continue;
      ++looks;
      if (!alike(a, letters[j])) continue;
      const double now = price(a, letters[j]);
      if (now >= 0 && (best < 0 || now < best)) best = now, neighbour = j;
    }
    if (best >= 0) parents[root(parents, i)] = root(parents, neighbour);
  }
  std::vector<std::vector<const Letter*>> all(letters.size());
  for (std::size_t i = 0; i < letters.size(); ++i) all[root(parents, i)].push_back(&letters[i]);
  std::erase_if(all, [](const auto& chain) { return chain.empty(); });
  return all;
}

// The slope that half of the letters lie above (H. Theil 1950, P. K. Sen 1968), by what is far enough apart; and how
// far the points are off it.
struct Slope {
  double slope = 0, off = 0;
};
double median(std::vector<double>& all) {
  if (all.empty()) return 0;
  const auto at = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), at, all.end());
  return *at;
}
Slope slope_through(const std::vector<cv::Point2f>& points, float height) {
  std::vector<double> all;
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t j = i + 1; j < points.size(); ++j)
      if (points[j].x - points[i].x > 1.2f * height)
        all.push_back((points[j].y - points[i].y) / (points[j].x - points[i].x));
  Slope found{median(all), 0};
  all.clear();
  for (const cv::Point2f& p : points) all.push_back(p.y - found.slope * p.x);
  const double middle = median(all);
  for (double& off : all) off = std::min(std::abs(off - middle), 0.3 * static_cast<double>(height));
  found.off = std::accumulate(all.begin(), all.end(), 0.0);
  return found;
}

// Letters stand on the line, hang from it or are all of a height: what fits best tells the slope.
double slope_of(const std::vector<const Letter*>& letters, float height) {
  std::vector<cv::Point2f> feet, middles, heads;
  const std::size_t step = letters.size() > 40 ? letters.size() / 40 : 1;
  for (std::size_t i = 0; i < letters.size(); i += step) {
    const cv::Rect& box = letters[i]->box;
    middles.push_back(middle(box));
    heads.emplace_back(middles.back().x, static_cast<float>(box.y));
    feet.emplace_back(middles.back().x, static_cast<float>(box.y + box.height));
  }
  Slope best = slope_through(feet, height);
  for (const auto* points : {&middles, &heads})
    if (const Slope other = slope_through(*points, height); other.off < 0.8 * best.off) best = other;
  return best.slope;
}

// How much of it is as lettering is: strokes and heights of a kind, enough of them, clear against what is around.
float score_of(const std::vector<const Letter*>& letters, float height, float stroke, float contrast, float length) {
  double heights = 0, strokes = 0, values = 0;
  const float value = median_of(letters, [](const Letter& l) { return l.value; });
  for (const Letter* l : letters) {
    heights += std::abs(static_cast<float>(l->box.height) - height) / height;
    strokes += std::abs(l->stroke - stroke) / stroke;
    values += std::abs(l->value - value) / contrast;
  }
  const auto n = static_cast<double>(letters.size());
  const double even =
      std::max(0.0, 1 - 1.2 * heights / n) * std::max(0.0, 1 - 1.5 * strokes / n) * std::max(0.0, 1 - values / n);
  const double enough = 1 - std::exp(-std::max(n, 1.2 * length / height) / 3);
  const double clear = 1 - std::exp(-contrast / 40);
  return static_cast<float>(even * enough * clear);
}

void make_line(const Layer& layer, std::vector<const Letter*> letters, std::vector<Line>& to) {
  Line line{&layer, std::move(letters), {}, {}, 0, 0, 0, 0, 0, 0, 0, 0};
  line.height = median_of(line.letters, [](const Letter& l) { return static_cast<float>(l.box.height); });
  const double slope = slope_of(line.letters, line.height);
  line.angle = static_cast<float>(std::atan(slope));
  const float c = std::cos(line.angle), s = std::sin(line.angle);
  // Across the line: what is far off belongs to another.
  const auto across = [&](cv::Point2f p) { return p.y * c - p.x * s; };
  const auto along = [&](cv::Point2f p) { return p.x * c + p.y * s; };
  const float centre = median_of(line.letters, [&](const Letter& l) { return across(middle(l.box)); });
  std::erase_if(line.letters,
                [&](const Letter* l) { return std::abs(across(middle(l->box)) - centre) > 0.7f * line.height; });
  if (line.letters.empty()) return;
  float from = 1e9f, until = -1e9f, top = 0, bottom = 0;
  const float lean = std::abs(s) * line.height * 0.5f;  // what an upright box adds to a leaning letter
  for (const Letter* l : line.letters) {
    const cv::Point2f m = middle(l->box);
    const float half = static_cast<float>(l->box.width) / 2, tall = static_cast<float>(l->box.height) / 2;
    from = std::min(from, along(m) - half), until = std::max(until, along(m) + half);
    top = std::max(top, centre - (across(m) - tall)), bottom = std::max(bottom, across(m) + tall - centre);
  }
  const float length = until - from;
  line.value = median_of(line.letters, [](const Letter& l) { return l.value; });
  line.contrast = median_of(line.letters, [](const Letter& l) { return l.contrast; });
  line.stroke = median_of(line.letters, [](const Letter& l) { return l.stroke; });
  line.score = score_of(line.letters, line.height, line.stroke, line.contrast, length);
  const auto scale = static_cast<float>(layer.scale);
  line.left = cv::Point2f(from * c - centre * s, from * s + centre * c) * scale;
  line.right = cv::Point2f(until * c - centre * s, until * s + centre * c) * scale;
  line.above = std::max(top - lean, line.height / 2) * scale,
  line.below = std::max(bottom - lean, line.height / 2) * scale;
  line.height = std::max(line.height - 2 * lean * 0.5f, 1.0f) * scale, line.stroke *= scale;
  to.push_back(std::move(line));
}

// Is `b` the same row behind a wider gap?
bool goes_on(const Line& a, const Line& b, float widest) {
  const float high = std::max(a.height, b.height), low = std::min(a.height, b.height);
  if (high > 1.6f * low || std::abs(a.value - b.value) > 0.4f * std::min(a.contrast, b.contrast) + 12) return false;
  if (std::max(a.stroke, b.stroke) > 1.8f * std::min(a.stroke, b.stroke) + 1) return false;
  const Line& longer = a.length() > b.length() ? a : b;
  const cv::Point2f along(std::cos(longer.angle), std::sin(longer.angle)), apart = b.left - a.right;
  const float gap = apart.dot(along), rise = std::abs(apart.y * along.x - apart.x * along.y);
  return gap > -0.5f * high && gap < widest * high && rise < 0.4f * high;
}

void join_rows(const Layer& layer, std::vector<Line>& lines, float widest) {
  std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.left.x < b.left.x; });
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (std::size_t j = i + 1; j < lines.size();) {
      if (!goes_on(lines[i], lines[j], widest)) {
        ++j;
        continue;
      }
      std::vector<const Letter*> letters = lines[i].letters;
      letters.insert(letters.end(), lines[j].letters.begin(), lines[j].letters.end());
      std::sort(letters.begin(), letters.end(), [](const Letter* a, const Letter* b) { return a->box.x < b->box.x; });
      std::vector<Line> whole;
      make_line(layer, std::move(letters), whole);
      if (whole.empty()) {
        ++j;
        continue;
      }
      lines[i] = std::move(whole[0]);
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(j));
      j = i + 1;  // what is longer now may go on further
    }
}

}  // namespace

float Line::length() const {
  return static_cast<float>(cv::norm(right - left));
}

std::vector<cv::Point2f> Line::corners() const {
  const cv::Point2f down(-std::sin(angle), std::cos(angle));
  return {left - down * above, right - down * above, right + down * below, left + down * below};
}

cv::Rect Line::box() const {
  float x0 = 1e9f, y0 = 1e9f, x1 = -1e9f, y1 = -1e9f;
  for (const cv::Point2f& p : corners())
    x0 = std::min(x0, p.x), y0 = std::min(y0, p.y), x1 = std::max(x1, p.x), y1 = std::max(y1, p.y);
  return {cv::Point(static_cast<int>(x0), static_cast<int>(y0)),
          cv::Point(static_cast<int>(x1) + 1, static_cast<int>(y1) + 1)};
}

std::vector<Line> find_lines(const Layer& layer) {
  std::vector<Line> lines;
  for (auto& chain : chains(layer.letters)) make_line(layer, std::move(chain), lines);
  const auto clear = std::count_if(lines.begin(), lines.end(), [](const Line& line) { return line.score > kClear; });
  join_rows(layer, lines, clear >= kManyLines ? kWidestInTable : kWidestInRow);
  std::erase_if(lines, [](const Line& line) {
    return line.length() < kShortestLine * line.height ||
           (line.letters.size() < 2 && line.length() < 2 * line.height);  // letters that touch
  });
  return lines;
}

}  // namespace earshot::ocr
