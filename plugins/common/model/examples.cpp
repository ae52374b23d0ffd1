#include "model/examples.hpp"

#include <algorithm>
#include <map>
#include <random>

namespace earshot::model {

void Examples::add(const Features& features, std::span<const std::uint16_t> classes, std::uint64_t group) {
  const FeatureView f = features.view();
  words_.insert(words_.end(), f.words.begin(), f.words.end());
  characters_.insert(characters_.end(), f.characters.begin(), f.characters.end());
  own_.insert(own_.end(), f.own.begin(), f.own.end());
  classes_.insert(classes_.end(), classes.begin(), classes.end());
  word_ends_.push_back(words_.size());
  character_ends_.push_back(characters_.size());
  own_ends_.push_back(own_.size());
  class_ends_.push_back(classes_.size());
  groups_.push_back(group);
}

FeatureView Examples::features(std::size_t i) const {
  const auto part = [i](const auto& of, const std::vector<std::size_t>& ends) {
    return std::span(of).subspan(ends[i], ends[i + 1] - ends[i]);
  };
  return {part(words_, word_ends_), part(characters_, character_ends_), part(own_, own_ends_)};
}

bool Examples::has(std::size_t i, std::size_t cls) const {
  const std::span<const std::uint16_t> all = classes(i);
  return std::find(all.begin(), all.end(), cls) != all.end();
}

// Large groups first, each to the fold where it does the least harm to the balance of the classes.
std::vector<std::uint32_t> Examples::folds(std::size_t folds, std::size_t classes, std::uint64_t seed) const {
  std::map<std::uint64_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < size(); ++i) members[groups_[i]].push_back(i);
  std::vector<const std::vector<std::size_t>*> groups;
  for (const auto& [group, all] : members) groups.push_back(&all);
  std::mt19937_64 random(seed);
  for (std::size_t i = groups.size(); i > 1; --i) std::swap(groups[i - 1], groups[random() % i]);
  std::stable_sort(groups.begin(), groups.end(), [](const auto* a, const auto* b) { return a->size() > b->size(); });
  folds = std::max<std::size_t>(1, std::min(folds, groups.size()));

  std::vector<double> total(classes + 1, 1);
  for (std::size_t i = 0; i < size(); ++i) {
    ++total[classes];
    for (const std::uint16_t c : this->classes(i)) ++total[c];
  }
  std::vector<std::vector<double>> have(folds, std::vector<double>(classes + 1));
  std::vector<std::uint32_t> out(size());
  std::vector<double> mine(classes + 1);
  for (const auto* group : groups) {
    std::fill(mine.begin(), mine.end(), 0);
    for (const std::size_t i : *group) {
      ++mine[classes];
      for (const std::uint16_t c : this->classes(i)) ++mine[c];
    }
    std::size_t best = 0;
    double least = 0;
    for (std::size_t f = 0; f < folds; ++f) {
      double harm = 0;
      for (std::size_t c = 0; c <= classes; ++c) harm += mine[c] * (2 * have[f][c] + mine[c]) / total[c];
      if (f == 0 || harm < least) least = harm, best = f;
    }
    for (std::size_t c = 0; c <= classes; ++c) have[best][c] += mine[c];
    for (const std::size_t i : *group) out[i] = static_cast<std::uint32_t>(best);
  }
  return out;
}

}  // namespace earshot::model
