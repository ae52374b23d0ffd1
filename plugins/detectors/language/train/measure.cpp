#include "language/train/measure.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace earshot::language {

void Measured::add(const std::shared_ptr<const Model>& model, const std::vector<Held>& lines, bool cld2) {
  Identifier identifier(model);
  for (const Held& line : lines) {
    const Guess guess = identifier.guess(line.text, {{}, 0, cld2});
    const bool right = guess.language == line.language;
    Count& count = sets_[line.set];
    ++count.all, count.right += right ? 1 : 0;
    if (!right) ++taken_[{line.language, guess.language.empty() ? "nothing" : std::string(guess.language)}];
    if (guess.language.empty()) continue;
    Sure& sure = sure_[std::min(9, static_cast<int>(guess.probability * 10))];
    sure.said += guess.probability, ++sure.all, sure.right += right ? 1 : 0;
  }
}

double Measured::accuracy(const std::string& set) const {
  const auto at = sets_.find(set);
  return at == sets_.end() ? 0 : static_cast<double>(at->second.right) / at->second.all;
}

std::string Measured::table() const {
  std::string text;
  for (const auto& [set, count] : sets_)
    text += fmt::format("  {:<14} {:>5} lines  accuracy {:.4f}\n", set, count.all, accuracy(set));
  std::vector<std::pair<int, std::string>> worst;
  for (const auto& [pair, times] : taken_)
    worst.emplace_back(times, fmt::format("{} for {} {}", pair.first, pair.second, times));
  std::sort(worst.rbegin(), worst.rend());
  text += "  taken:";
  for (std::size_t i = 0; i < std::min<std::size_t>(worst.size(), 20); ++i) text += "  " + worst[i].second;
  text += "\n  said and right:";
  for (const Sure& sure : sure_)
    if (sure.all > 0)
      text += fmt::format("  {:.2f} {:.2f} ({})", sure.said / sure.all, static_cast<double>(sure.right) / sure.all,
                          sure.all);
  return text + "\n";
}

}  // namespace earshot::language
