// floors.hpp: what plain means tell of labelled lines, to set beside the model: naive Bayes over runs of one to four
// letters, learned from the labelled lines of the other folds alone, and CLD2 alone. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "language/train/corpus.hpp"

namespace earshot::language {

class NaiveBayes {
 public:
  void learn(const std::vector<Held>& lines);
  std::string language(std::string_view text) const;

 private:
  struct Language {
    std::unordered_map<std::uint64_t, double> counts;
    double all = 0;
  };
  std::map<std::string, Language> languages_;
  std::unordered_map<std::uint64_t, char> known_;  // of any language
};

std::string by_cld2(std::string_view text);  // BCP 47; empty: it does not know

// Of every set of lines the accuracy of both, all folds together, as a table.
std::string floors(const std::filesystem::path& labelled, int folds);

}  // namespace earshot::language
