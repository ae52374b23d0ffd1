#include "ocr/blocks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace earshot::ocr {
namespace {

constexpr float kSameHeight = 1.7f;  // letters of one block: the larger by the smaller
constexpr float kSameAngle = 0.12f;  // radians
constexpr float kLeading = 1.6f;     // between lines of a block, in heights
constexpr float kBeside = 3.5f;      // between pieces of one row, in heights

using Group = std::vector<const ReadLine*>;

float tilt_of(const Group& group) {
  float sum = 0;
  for (const ReadLine* line : group) sum += line->angle;
  return sum / static_cast<float>(group.size());
}

// In a picture turned so that the lines are level.
struct Level {
  float left = 1e9f, right = -1e9f, top = 1e9f, bottom = -1e9f;
  float middle() const { return (top + bottom) / 2; }
};
Level level_of(const ReadLine& line, float tilt) {
  Level level;
  for (const PlacedWord& word : line.words)
    for (const cv::Point2f& p : word.corners) {
      const float x = p.x * std::cos(tilt) + p.y * std::sin(tilt), y = p.y * std::cos(tilt) - p.x * std::sin(tilt);
      level.left = std::min(level.left, x), level.right = std::max(level.right, x);
      level.top = std::min(level.top, y), level.bottom = std::max(level.bottom, y);
    }
  return level;
}

bool belong_together(const ReadLine& a, const ReadLine& b) {
  const float high = std::max(a.height, b.height), low = std::min(a.height, b.height);
  if (high > kSameHeight * low || std::abs(a.angle - b.angle) > kSameAngle) return false;
  const float tilt = (a.angle + b.angle) / 2;
  const Level l = level_of(a, tilt), m = level_of(b, tilt);
  const float across = std::max(l.top, m.top) - std::min(l.bottom, m.bottom);
  const float along = std::max(l.left, m.left) - std::min(l.right, m.right);
  const bool one_row = std::abs(l.middle() - m.middle()) < 0.6f * low;
  return one_row ? along < kBeside * high : across < kLeading * high && along < 0;
}

// Rows from the top, pieces of a row from the left.
void in_order(Group& group, float tilt) {
  std::sort(group.begin(), group.end(), [&](const ReadLine* a, const ReadLine* b) {
    return level_of(*a, tilt).middle() < level_of(*b, tilt).middle();
  });
  for (auto row = group.begin(); row != group.end();) {
    auto end = row + 1;
    const float middle = level_of(**row, tilt).middle(), height = (*row)->height;
    while (end != group.end() && level_of(**end, tilt).middle() - middle < 0.6f * height) ++end;
    std::sort(row, end,
              [&](const ReadLine* a, const ReadLine* b) { return level_of(*a, tilt).left < level_of(*b, tilt).left; });
    row = end;
  }
}

ear_quad quad_of(const std::array<cv::Point2f, 4>& corners, cv::Size picture) {
  ear_quad quad{};
  for (std::size_t i = 0; i < 4; ++i) {
    quad.x[i] = std::clamp(corners[i].x / static_cast<float>(picture.width), 0.0f, 1.0f);
    quad.y[i] = std::clamp(corners[i].y / static_cast<float>(picture.height), 0.0f, 1.0f);
  }
  return quad;
}

// The box around the group, turned as it is.
std::array<cv::Point2f, 4> corners_of(const Group& group, float tilt) {
  Level all;
  for (const ReadLine* line : group) {
    const Level l = level_of(*line, tilt);
    all.left = std::min(all.left, l.left), all.right = std::max(all.right, l.right);
    all.top = std::min(all.top, l.top), all.bottom = std::max(all.bottom, l.bottom);
  }
  const float c = std::cos(tilt), s = std::sin(tilt);
  const auto back = [&](float x, float y) { return cv::Point2f(x * c - y * s, x * s + y * c); };
  return {back(all.left, all.top), back(all.right, all.top), back(all.right, all.bottom), back(all.left, all.bottom)};
}

Written written(const Group& group, float tilt, cv::Size picture) {
  Written block;
  double weight = 0;
  const ReadLine* before = nullptr;
  for (const ReadLine* line : group) {
    const bool same_row = before != nullptr && std::abs(level_of(*line, tilt).middle() -
                                                        level_of(*before, tilt).middle()) < 0.6f * line->height;
    if (before != nullptr) block.text += same_row ? ' ' : '\n';
    before = line;
    for (const PlacedWord& word : line->words) {
      if (&word != &line->words.front()) block.text += ' ';
      ear_word placed{};
      placed.begin = static_cast<std::uint32_t>(block.text.size());
      block.text += word.text;
      placed.end = static_cast<std::uint32_t>(block.text.size());
      placed.confidence = word.confidence, placed.box = quad_of(word.corners, picture);
      block.words.push_back(placed);
      const auto letters = static_cast<double>(word.text.size());
      block.confidence += word.confidence * letters, weight += letters;
    }
  }
  block.confidence /= std::max(weight, 1.0);
  block.box = quad_of(corners_of(group, tilt), picture);
  return block;
}

}  // namespace

std::vector<Written> blocks_of(std::vector<ReadLine> lines, cv::Size picture) {
  std::sort(lines.begin(), lines.end(), [](const ReadLine& a, const ReadLine& b) {
    return std::tuple(a.box.y, a.box.x) < std::tuple(b.box.y, b.box.x);
  });
  std::vector<std::size_t> groups(lines.size());
  std::iota(groups.begin(), groups.end(), std::size_t{0});
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (std::size_t j = i + 1; j < lines.size(); ++j)
      if (groups[i] != groups[j] && belong_together(lines[i], lines[j])) {
        const std::size_t from = std::max(groups[i], groups[j]), to = std::min(groups[i], groups[j]);
        std::replace(groups.begin(), groups.end(), from, to);
      }
  std::vector<Written> blocks;
  for (std::size_t g = 0; g < lines.size(); ++g) {
    Group group;
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (groups[i] == g) group.push_back(&lines[i]);
    if (group.empty()) continue;
    const float tilt = tilt_of(group);
    in_order(group, tilt);
    blocks.push_back(written(group, tilt, picture));
  }
  return blocks;
}

}  // namespace earshot::ocr
