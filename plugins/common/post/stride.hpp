// stride.hpp: an item of an array of the binary contract, whose structs may be longer than the ones known here. A pure
// function.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot::post {

template <class T>
const T& item(const T* first, std::uint32_t stride, std::uint32_t i) {
  return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(first) + std::size_t{i} * stride);
}

}  // namespace earshot::post
