// judge.hpp: how sure it is that a name is meant, by what stands around it: by words that speak for or against, by a
// model that learned from labelled examples, or by both. A Sense is constant: any thread. A Judge belongs to one.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "context/surroundings.hpp"
#include "model/linear.hpp"
#include "text/fold.hpp"

namespace earshot::context {

struct Sense {
  std::vector<std::string> speaks_for, against;  // folded
  std::shared_ptr<const model::Model> model;     // or none
};

class Judge {
 public:
  Judge() = default;
  Judge(const Judge&) : Judge() {}  // scratch is not copied
  Judge& operator=(const Judge&) = delete;

  // 0 to 1: that the name at bytes [begin, end) is meant in this sense. 0.5: nothing tells.
  double operator()(const Sense& sense, std::string_view text, std::size_t begin, std::size_t end);

 private:
  int words(const std::vector<std::string>& words) const;

  std::unique_ptr<text::Folder> folder_;  // made when first needed
  text::FoldedTexts folded_;
  std::vector<std::unique_ptr<Surroundings>> surroundings_;  // by the bits of their features
};

// Throws model::BadModel where the model is none of the kind that this reads.
void check_is_context(const model::Model& model, const std::string& name);

}  // namespace earshot::context
