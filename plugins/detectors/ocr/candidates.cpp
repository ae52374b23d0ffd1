#include "ocr/candidates.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace earshot::ocr {
namespace {

constexpr int kLeastHeight = 5, kMostHeight = 60;  // pixels of a letter at one scale
constexpr int kLeastCoarse = 16;                   // at a coarser scale: smaller ones are seen at the finer
constexpr int kCoarsest = 3;                       // halvings
constexpr float kLeastScore = 0.25f;
constexpr double kColourful = 9;  // mean difference of a colour plane from its own middle that is worth a look

// The holes of o and e, in a row of letters of the other polarity.
bool is_inside_letters(const std::vector<Line>& lines, const std::vector<cv::Rect>& boxes, std::size_t i) {
  for (std::size_t j = 0; j < lines.size(); ++j) {
    if (lines[i].layer->light == lines[j].layer->light || lines[j].height < 1.3f * lines[i].height) continue;
    if (lines[j].height > 5 * lines[i].height || lines[j].score < 0.4f) continue;
    const bool more = lines[j].letters.size() >= std::max<std::size_t>(4, lines[i].letters.size());
    if (more && (boxes[i] & boxes[j]).area() > 0.8 * boxes[i].area()) return true;
  }
  return false;
}

// Of what covers the same place, the piece of a longer row that looks like lettering, too, is no news.
void drop_pieces(std::vector<Line>& lines) {
  std::vector<cv::Rect> boxes;
  std::vector<float> lengths;
  for (const Line& line : lines) boxes.push_back(line.box()), lengths.push_back(line.length());
  std::vector<Line> kept;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    bool piece = is_inside_letters(lines, boxes, i);
    for (std::size_t j = 0; j < lines.size() && !piece; ++j) {
      if (i == j || lines[i].layer->light != lines[j].layer->light || lengths[j] <= 1.08f * lengths[i] ||
          lines[j].score < 0.7f * lines[i].score)
        continue;
      const float higher = std::max(lines[i].height, lines[j].height),
                  lower = std::min(lines[i].height, lines[j].height);
      piece = higher < 1.7f * lower && (boxes[i] & boxes[j]).area() > 0.5 * boxes[i].area();
    }
    if (!piece) kept.push_back(lines[i]);
  }
  lines = std::move(kept);
}

}  // namespace

Candidates::Candidates(const cv::Mat& bgr, const std::function<void()>& breathe) {
  cv::Mat colours, planes[3];
  cv::cvtColor(bgr, colours, cv::COLOR_BGR2YCrCb);
  cv::split(colours, planes);
  look_at(planes[0], 1, breathe);
  // Lettering of the brightness of what it stands on: red on green, yellow on white.
  for (int i : {1, 2}) {
    cv::Scalar mean, deviation;
    cv::meanStdDev(planes[i], mean, deviation);
    if (deviation[0] > kColourful) look_at(planes[i], 1, breathe);
  }
  std::erase_if(lines_, [](const Line& line) { return line.score < kLeastScore; });
  constexpr std::size_t kMost = 400;  // more is texture: the likeliest of it is enough to see that
  std::stable_sort(lines_.begin(), lines_.end(), [](const Line& a, const Line& b) { return a.score > b.score; });
  if (lines_.size() > kMost) lines_.resize(kMost);
  drop_pieces(lines_);
}

void Candidates::look_at(const cv::Mat& plane, double scale, const std::function<void()>& breathe) {
  cv::Mat now = plane;
  for (int level = 0; level <= kCoarsest && std::min(now.cols, now.rows) >= kSmallestSide; ++level) {
    const int most = level == kCoarsest ? now.rows / 2 : kMostHeight;
    for (const bool light : {false, true}) {
      breathe();
      layers_.push_back(
          std::make_unique<Layer>(find_letters(now, light, scale, level == 0 ? kLeastHeight : kLeastCoarse, most)));
      for (Line& line : find_lines(*layers_.back())) {
        // The same seen at a coarser scale is seen less well.
        line.score *= 1 - 0.05f * static_cast<float>(level);
        lines_.push_back(std::move(line));
      }
    }
    cv::Mat half;
    cv::resize(now, half, {std::max(now.cols / 2, 1), std::max(now.rows / 2, 1)}, 0, 0, cv::INTER_AREA);
    now = half, scale *= 2;
  }
}

}  // namespace earshot::ocr
