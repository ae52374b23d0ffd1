// edits.hpp: how far two words are apart. A free function; any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace earshot::brand_text {

inline constexpr std::size_t kLongestCompared = 40;  // letters

// Letters put in, left out, changed, or two neighbours changed places: how often, at least (optimal string alignment).
// More than `most` is told as most + 1.
inline unsigned edits(std::u32string_view a, std::u32string_view b, unsigned most) {
  if (a.size() > kLongestCompared || b.size() > kLongestCompared) return a == b ? 0 : most + 1;
  const std::size_t apart = a.size() < b.size() ? b.size() - a.size() : a.size() - b.size();
  if (apart > most) return most + 1;
  std::array<std::array<unsigned, kLongestCompared + 1>, 3> rows;
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<unsigned>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto &above = rows[(i + 2) % 3], &above_that = rows[(i + 1) % 3];
    row[0] = static_cast<unsigned>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], above_that[j - 2] + 1);
    }
  }
  return std::min(rows[a.size() % 3][b.size()], most + 1);
}

}  // namespace earshot::brand_text
