#include "near.hpp"

#include <algorithm>
#include <utility>

namespace earshot::explain {
namespace {

// Letters to change, add or leave out.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& known, std::size_t most) {
  constexpr std::size_t kLongest = 200, kFar = 3;
  std::vector<std::pair<std::size_t, const std::string*>> near;
  if (word.empty() || word.size() > kLongest) return {};
  for (const std::string& candidate : known) {
    if (candidate.size() > kLongest) continue;
    const std::size_t longer = std::max(candidate.size(), word.size()) - std::min(candidate.size(), word.size());
    const bool contains = candidate.find(word) != std::string::npos;
    if (longer > kFar && !contains) continue;
    const std::size_t letters = distance(word, candidate);
    if (contains || letters <= std::min(kFar, word.size() / 2)) near.emplace_back(letters, &candidate);
  }
  std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> out;
  for (const auto& [letters, candidate] : near)
    if (out.size() < most) out.push_back(*candidate);
  return out;
}

}  // namespace earshot::explain
