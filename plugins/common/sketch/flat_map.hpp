// flat_map.hpp: a map from numbers that are hashes already. One thread.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>

namespace earshot::sketch {

// Their lowest bits may be alike, so they are mixed once more.
struct MixHash {
  using is_avalanching = void;
  std::size_t operator()(std::uint64_t hash) const {
    hash *= 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
  }
};

template <class Value>
using FlatMap = boost::unordered_flat_map<std::uint64_t, Value, MixHash>;

}  // namespace earshot::sketch
