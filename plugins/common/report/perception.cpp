#include "report/perception.hpp"

#include <algorithm>
#include <cmath>

namespace earshot::report {

figures::Sentiment::Part net_of(const figures::Ranked& row) {
  constexpr double z = 1.959964, added = z * z / 3;
  if (row.posts <= 0) return {0, -1, 1};
  const auto posts = static_cast<double>(row.posts);
  const double n = posts + 3 * added;
  const double positive = (static_cast<double>(row.positive) + added) / n;
  const double negative = (static_cast<double>(row.negative) + added) / n;
  const double value = static_cast<double>(row.positive - row.negative) / posts, middle = positive - negative;
  const double half = z * std::sqrt(std::max(0.0, positive + negative - middle * middle) / n);
  return {value, std::min(value, std::max(-1.0, middle - half)), std::max(value, std::min(1.0, middle + half))};
}

}  // namespace earshot::report
