// near.hpp: which known words somebody may have meant. A free function; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace earshot::explain {

// Up to `most` of `known` that are a few letters away from `word`, or contain it, the nearest first.
std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& known, std::size_t most);

}  // namespace earshot::explain
