// labeller.hpp: what a detector says of a post's text with a model: a finding for each class that holds, its calibrated
// probability and the words that carried it. One copy a worker; the model behind them is shared.
#pragma once

#include <cstdint>
#include <earshot/detector.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/linear.hpp"

namespace earshot::model {

enum class Per { post, segment };  // judged: all texts of a post as one, or each by itself

struct LabelRules {
  std::string kind;      // of the findings
  double threshold = 0;  // a probability below it is not told
  Per per = Per::post;
  std::uint32_t origins = ~0u;  // bit EAR_TITLE …: kinds of segments that are read
  std::size_t words = 3;        // that the reason names
};

class Labeller {
 public:
  Labeller(std::shared_ptr<const Model> model, LabelRules rules);
  void say(const Post& post, Out& out);
  const Model& model() const { return *model_; }

 private:
  void judge(const Post& post, std::uint32_t segment, Out& out);
  void tell(const Post& post, std::uint32_t segment, std::size_t cls, Out& out);

  std::shared_ptr<const Model> model_;
  LabelRules rules_;
  Extractor extractor_;
  std::vector<char> silent_;
  Features features_;
  std::vector<float> probabilities_;
  std::vector<std::string_view> texts_;
};

}  // namespace earshot::model
