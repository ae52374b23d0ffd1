// reasons.hpp: the words of a text that carried an answer: those that spoke for it by themselves and in pairs, and of a
// target rather those near it. One a worker; it keeps its memory.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/features.hpp"
#include "model/linear.hpp"
#include "perception/post.hpp"

namespace earshot::perception {

class Reasons {
 public:
  explicit Reasons(const model::FeatureOptions& options);

  // "words: never again, terrible"; empty where no word spoke for the class. Valid until the next call.
  std::string_view words(const model::Model& model, const Unit& unit, std::size_t cls);

 private:
  void weigh(const model::Model& model, const model::Tokens& tokens, std::size_t cls);
  void lean_to_target(const Unit& unit);

  model::Extractor words_only_;
  std::vector<float> weight_;  // of each token
  std::string text_;
};

}  // namespace earshot::perception
