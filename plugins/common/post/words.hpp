// words.hpp: how the post form spells what the binary contract numbers. Constants.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace earshot::post {

inline constexpr std::string_view kOrigins[] = {"title", "body", "quote", "alt", "image", "speech", "caption"};
inline constexpr std::string_view kChanges[] = {"new", "edited", "deleted", "withdrawn"};
inline constexpr std::string_view kMediaKinds[] = {"other", "image", "audio", "video"};

template <std::size_t N>
bool choose(const std::string_view (&words)[N], std::string_view word, std::uint32_t& out) {
  const auto found = std::find(std::begin(words), std::end(words), word);
  out = static_cast<std::uint32_t>(found - std::begin(words));
  return found != std::end(words);
}

}  // namespace earshot::post
