// features.hpp: what perception is judged by: the hashed features of the text (model/features.hpp), what the polarity
// lexicon says of it, and where both stand relative to a target. A Reader is constant; Features are one worker's.
//
//   features.clear();
//   reader.read(text, features);                      the post as a whole …
//   reader.target(features, 0, begin, end);            … or as it speaks of what stands at these bytes
#pragma once

#include <cstdint>
#include <string_view>

#include "model/features.hpp"
#include "perception/lexicon.hpp"

namespace earshot::perception {

class Reader {
 public:
  explicit Reader(const model::FeatureOptions& options) : extractor_(options) {}

  void read(std::string_view text, model::Features& to) const;
  // For a target at bytes [begin, end) of text number `text`; of several mentions of one target each has its `share`
  // of 1.
  void target(model::Features& to, std::uint16_t text, std::uint32_t begin, std::uint32_t end, float share = 1) const;

 private:
  model::Extractor extractor_;
  const Lexicon& lexicon_ = Lexicon::shared();
};

}  // namespace earshot::perception
