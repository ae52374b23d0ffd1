// examples.hpp: labelled texts as features, kept compactly, and their folds. One thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/features.hpp"

namespace earshot::model {

class Examples {
 public:
  // `classes`: those that hold; exactly one unless any number may. Examples of one group stay in one fold.
  void add(const Features& features, std::span<const std::uint16_t> classes, std::uint64_t group);
  void add(const Features& features, std::uint16_t cls, std::uint64_t group) { add(features, {&cls, 1}, group); }

  std::size_t size() const { return groups_.size(); }
  FeatureView features(std::size_t i) const;
  std::span<const std::uint16_t> classes(std::size_t i) const {
    return std::span(classes_).subspan(class_ends_[i], class_ends_[i + 1] - class_ends_[i]);
  }
  bool has(std::size_t i, std::size_t cls) const;
  std::uint64_t group(std::size_t i) const { return groups_[i]; }

  // A number below `folds` for each example: groups stay together, each fold has its share of each class, and the same
  // seed gives the same folds. Fewer folds where there are fewer groups.
  std::vector<std::uint32_t> folds(std::size_t folds, std::size_t classes, std::uint64_t seed) const;

 private:
  std::vector<std::uint32_t> words_, characters_;
  std::vector<OwnFeature> own_;
  std::vector<std::size_t> word_ends_{0}, character_ends_{0}, own_ends_{0}, class_ends_{0};
  std::vector<std::uint16_t> classes_;
  std::vector<std::uint64_t> groups_;
};

}  // namespace earshot::model
