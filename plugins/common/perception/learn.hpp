// learn.hpp: multinomial logistic regression over hashed features by AdaGrad (Duchi et al. 2011) with averaged weights:
// as good as an exact solver on some hundred thousand short texts, in seconds. One thread, deterministic.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/examples.hpp"
#include "model/linear.hpp"

namespace earshot::perception {

struct LearnOptions {
  unsigned epochs = 5;
  float rate = 0.3F;
  float l2 = 1e-6F;      // per step
  float characters = 1;  // what runs of characters weigh against words
  float balance = 0.3F;  // 0: classes as frequent as they are; 1: all alike
  float dropout = 0;     // of features, while learning
  std::uint32_t least_count = 2;
  std::size_t most_features = std::size_t{1} << 22;
  std::uint64_t seed = 1;
};

// Not calibrated. `weight` of each row, by number of example: 1 for all where empty.
model::Model learn(const model::Examples& examples, std::span<const std::size_t> rows, std::span<const float> weight,
                   const model::Info& info, const LearnOptions& options);

}  // namespace earshot::perception
