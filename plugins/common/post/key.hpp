// key.hpp: field names as numbers, so that a `switch` finds them. Constants and a free function, any thread.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace earshot::post {

// The first eight bytes of a name. Names longer than that are told apart by their length: see is_key.
constexpr std::uint64_t word(std::string_view name) {
  std::uint64_t all = 0;
  for (std::size_t i = 0; i < name.size() && i < 8; ++i)
    all |= static_cast<std::uint64_t>(static_cast<unsigned char>(name[i])) << (8 * i);
  return all;
}

// The same for a name in a buffer of which eight bytes may be read in any case.
inline std::uint64_t first_word(std::string_view name) {
  std::uint64_t all;
  std::memcpy(&all, name.data(), sizeof all);
  return name.size() >= 8 ? all : all & ((std::uint64_t{1} << (8 * name.size())) - 1);
}

}  // namespace earshot::post
