#include "base/nearest.hpp"

#include <algorithm>
#include <array>

namespace earshot::host {
namespace {

constexpr std::size_t kLongest = 64;  // longer words get no suggestion; it bounds the work too

char plain(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
  return c == '-' ? '_' : c;
}

// A third of the letters may be wrong, three at most: further away a suggestion only confuses.
std::size_t tolerated(std::string_view word) {
  return word.size() < 2 ? 0 : std::clamp<std::size_t>(word.size() / 3, 1, 3);
}

bool begins(std::string_view word, std::string_view start) {
  return start.size() <= word.size() &&
         std::equal(start.begin(), start.end(), word.begin(), [](char a, char b) { return plain(a) == plain(b); });
}

}  // namespace

// Optimal string alignment (Damerau 1964), three rows of the table at a time.
std::size_t edits(std::string_view a, std::string_view b) {
  if (a.size() > kLongest || b.size() > kLongest) return std::max(a.size(), b.size());
  std::array<std::size_t, kLongest + 1> before{}, above{}, row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = above;
    above = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = plain(a[i - 1]) == plain(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && plain(a[i - 1]) == plain(b[j - 2]) && plain(a[i - 2]) == plain(b[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::string nearest(std::string_view word, std::span<const std::string> words) {
  constexpr std::size_t kStartOnly = 4;  // "brand" for brand_text: behind every word that is near by its letters
  std::size_t best = kStartOnly + 1;
  std::string_view found;
  for (const std::string& candidate : words) {
    std::size_t distance = edits(word, candidate);
    if (distance > tolerated(word)) {
      if (word.size() < 3 || !begins(candidate, word)) continue;
      distance = kStartOnly;
    }
    if (distance < best) best = distance, found = candidate;
  }
  return std::string(found);
}

}  // namespace earshot::host
