// blend.hpp: a linear model for the writing of social media, one for prose as reviews and articles have it, and one
// that says which of both a text is; each text is judged by the two as far as it is of their kind (a mixture of
// experts: Jacobs et al. 1991, with a gate learned by itself). Constant once made; any thread.
//
// Bytes of several models in one file: "EARBLEND" u32 version (1), then for each of the three u32 size and its bytes.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/features.hpp"
#include "model/file.hpp"
#include "model/linear.hpp"

namespace earshot::perception {

class Blend {
 public:
  // Throws std::invalid_argument where the three do not fit together.
  Blend(std::shared_ptr<const model::Model> posts, std::shared_ptr<const model::Model> prose,
        std::shared_ptr<const model::Model> gate);

  const model::Model& posts() const { return *posts_; }
  const model::Model& prose() const { return *prose_; }
  const model::Model& gate() const { return *gate_; }

  // How far the text is prose, 0 to 1.
  float prose_share(const model::FeatureView& features) const;
  // Calibrated probabilities of the classes; `to` has as many numbers. Returns the share of prose.
  float probabilities(const model::FeatureView& features, std::span<float> to) const;
  // The class to say: the likeliest up to the offsets of training.
  std::size_t choose(std::span<const float> probabilities, float prose_share) const;

 private:
  std::shared_ptr<const model::Model> posts_, prose_, gate_;
};

std::string write(const Blend& blend);
// Throws model::BadModel.
std::shared_ptr<const Blend> read_blend(std::string_view bytes, const std::string& name);

}  // namespace earshot::perception
