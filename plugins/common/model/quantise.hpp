// quantise.hpp: learned weights as the bytes that a Model keeps: q with weight = scale * q * |q|. Free function; any
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/linear.hpp"

namespace earshot::model {

// `weights`: for each bucket one of each output. The `most_features` strongest buckets are kept, the others are 0.
// Returns Model::stride_for(outputs) bytes for each bucket.
std::vector<std::int8_t> quantised(std::span<const double> weights, std::span<const Output> outputs,
                                   std::size_t most_features);

}  // namespace earshot::model
