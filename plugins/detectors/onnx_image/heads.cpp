#include "onnx_image/heads.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <earshot/error.hpp>
#include <optional>

namespace earshot::onnx_image {
namespace {

constexpr std::size_t kMostBoxes = 300;     // kept of a picture
constexpr std::size_t kMostWeighed = 3000;  // of the surest, against one another

// Where the numbers of a box lie.
struct Layout {
  std::size_t boxes, fields, next_box, next_field;
  bool objectness;
};

std::optional<Layout> layout_of(const Answer& answer, std::size_t labels) {
  std::vector<int> shape = answer.shape;
  while (shape.size() > 2 && shape.front() == 1) shape.erase(shape.begin());
  if (shape.size() != 2 || shape[0] <= 0 || shape[1] <= 0) return std::nullopt;
  const auto rows = static_cast<std::size_t>(shape[0]), columns = static_cast<std::size_t>(shape[1]);
  if (rows * columns != answer.numbers.size()) return std::nullopt;
  if (columns == labels + 5) return Layout{rows, columns, columns, 1, true};
  if (rows == labels + 4) return Layout{columns, rows, 1, columns, false};
  if (columns == labels + 4) return Layout{rows, columns, columns, 1, false};
  if (rows == labels + 5) return Layout{columns, rows, 1, columns, true};
  return std::nullopt;
}

double overlap_of(const Sight& a, const Sight& b) {
  const double w = double{std::min(a.right, b.right)} - double{std::max(a.left, b.left)};
  const double h = double{std::min(a.bottom, b.bottom)} - double{std::max(a.top, b.top)};
  if (w <= 0 || h <= 0) return 0;
  const auto area = [](const Sight& s) { return double{s.right - s.left} * double{s.bottom - s.top}; };
  return w * h / (area(a) + area(b) - w * h);
}

bool surer(const Sight& a, const Sight& b) {
  return a.score > b.score;
}

}  // namespace

std::vector<Sight> read_classes(const Answer& answer, double threshold) {
  const std::span<const float> in = answer.numbers;
  std::vector<double> p(in.begin(), in.end());
  double sum = 0, most = -1e300;
  bool finite = !p.empty(), probabilities = true;
  for (const double v : p) {
    finite = finite && std::isfinite(v);
    probabilities = probabilities && v >= 0 && v <= 1;
    sum += v, most = std::max(most, v);
  }
  if (!finite) throw invalid("the model answers with numbers that are none: it does not suit its input");
  if (!probabilities || std::abs(sum - 1) > 0.01) {
    sum = 0;
    for (double& v : p) v = std::exp(v - most), sum += v;
    for (double& v : p) v /= sum;
  }
  std::vector<Sight> all;
  for (std::size_t i = 0; i < p.size(); ++i)
    if (p[i] >= threshold) all.push_back({i, std::min(p[i], 1.0)});
  std::stable_sort(all.begin(), all.end(), surer);
  return all;
}

std::vector<Sight> read_yolo(const Answer& answer, std::size_t labels, int width, int height, double threshold,
                             double overlap) {
  const auto layout = layout_of(answer, labels);
  if (!layout)
    throw invalid(
        fmt::format("the model answers [{}], and with {} labels a yolo head has [1,N,{}] or [1,{},N]: check "
                    "the labels file and the layout",
                    fmt::join(answer.shape, ","), labels, labels + 5, labels + 4));
  std::vector<Sight> all;
  for (std::size_t i = 0; i < layout->boxes; ++i) {
    const auto field = [&](std::size_t k) { return answer.numbers[i * layout->next_box + k * layout->next_field]; };
    const std::size_t first = layout->objectness ? 5 : 4;
    Sight s;
    float best = -1;
    for (std::size_t k = 0; k < labels; ++k)
      if (field(first + k) > best) best = field(first + k), s.label = k;
    s.score = double{best} * (layout->objectness ? double{field(4)} : 1.0);
    if (!(s.score >= threshold) || s.score > 1.0001) continue;  // not a number neither
    s.score = std::min(s.score, 1.0);
    const float w = static_cast<float>(width), h = static_cast<float>(height);
    const auto within = [](float v) { return std::clamp(v, 0.0F, 1.0F); };
    s.left = within((field(0) - field(2) / 2) / w), s.right = within((field(0) + field(2) / 2) / w);
    s.top = within((field(1) - field(3) / 2) / h), s.bottom = within((field(1) + field(3) / 2) / h);
    if (s.right > s.left && s.bottom > s.top) all.push_back(s);
  }
  std::stable_sort(all.begin(), all.end(), surer);
  if (all.size() > kMostWeighed) all.resize(kMostWeighed);
  std::vector<Sight> kept;
  for (const Sight& s : all) {
    if (kept.size() >= kMostBoxes) break;
    if (std::none_of(kept.begin(), kept.end(),
                     [&](const Sight& k) { return k.label == s.label && overlap_of(k, s) > overlap; }))
      kept.push_back(s);
  }
  return kept;
}

}  // namespace earshot::onnx_image
