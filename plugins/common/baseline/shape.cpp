#include "baseline/shape.hpp"

#include <algorithm>
#include <cmath>

namespace earshot::baseline {
namespace {

constexpr std::int64_t kLengths[] = {15 * kMinute, kHour, 6 * kHour, kDay, 4 * kDay};
constexpr std::int64_t kMemory = 5 * kDay;  // of past peaks: they weigh 1/e after so long

}  // namespace

Shape Shape::of(std::int64_t window, Season season, bool values, double extra) {
  Shape shape;
  shape.window = window, shape.season = season, shape.values = values;
  shape.slot = std::max(window, kHour);
  shape.rows_a_slot = static_cast<std::uint32_t>(shape.slot / window);
  std::uint32_t most = 1;
  for (const std::int64_t length : kLengths) {
    Scale scale;
    scale.length = std::max(length, window);
    scale.by_rows = shape.rows_a_slot > 1 && scale.length <= shape.slot;
    const std::int64_t step = scale.by_rows ? window : shape.slot;
    scale.steps = static_cast<std::uint32_t>(scale.length / step);
    scale.length = scale.steps * step;
    if (!shape.scales.empty() && shape.scales.back().length == scale.length) continue;
    scale.a_week = static_cast<double>(7 * kDay) / static_cast<double>(step);
    scale.keep = std::exp(-static_cast<double>(step) / static_cast<double>(kMemory));
    scale.typical = static_cast<double>(kMemory) / static_cast<double>(step);
    const double quarters = static_cast<double>(scale.length) / static_cast<double>(15 * kMinute);
    scale.extra = std::min(extra * std::sqrt(quarters), 2 * extra);
    if (!scale.by_rows) most = std::max(most, scale.steps);
    shape.scales.push_back(scale);
  }
  shape.slots_kept = most;
  return shape;
}

}  // namespace earshot::baseline
