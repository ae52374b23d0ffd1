// measure.hpp: how often a model tells the language of labelled lines: accuracy for each set of lines (an abstention
// is a miss), the pairs of languages it takes for one another, and how sure it was. One thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "language/identify.hpp"
#include "language/train/corpus.hpp"

namespace earshot::language {

class Measured {
 public:
  void add(const std::shared_ptr<const Model>& model, const std::vector<Held>& lines, bool cld2 = true);
  std::string table() const;
  double accuracy(const std::string& set) const;

 private:
  struct Count {
    int right = 0, all = 0;
  };
  struct Sure {
    double said = 0;
    int right = 0, all = 0;
  };
  std::map<std::string, Count> sets_;
  std::map<std::pair<std::string, std::string>, int> taken_;  // language, taken for
  Sure sure_[10];                                             // by tenths of what was said
};

}  // namespace earshot::language
