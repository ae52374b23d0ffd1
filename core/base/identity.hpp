// identity.hpp: how posts and alerts are told apart, for ever: the same words give the same id in every release, since
// stores and checkpoints keep them. XXH3 with 128 bits. Free functions, any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string_view>

#include "earshot/abi.h"

namespace earshot::host {

struct Id {
  std::uint64_t high = 0, low = 0;
  auto operator<=>(const Id&) const = default;
  Id() = default;
  Id(ear_id id) : high(id.high), low(id.low) {}
  operator ear_id() const { return {high, low}; }
};

struct IdHash {
  std::size_t operator()(const Id& id) const {
    return static_cast<std::size_t>(id.low ^ (id.high * 0x9E3779B97F4A7C15u));
  }
};

// Of a post: (platform, native id), whichever source brought it.
Id post_key(std::string_view platform, std::string_view id);
// Of an alert. It grows and closes under this id.
Id alert_id(std::string_view detector, std::string_view subject, std::string_view kind, ear_time start);
// Of a gap, so that a sink that has it writes it once.
Id gap_id(std::string_view source, ear_time from, ear_time to);

}  // namespace earshot::host
