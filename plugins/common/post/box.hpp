// box.hpp: is there a box? A free function; any thread.
#pragma once

#include <algorithm>

#include "earshot/abi.h"

namespace earshot::post {

// All zero is none, as abi.h says.
inline bool has_box(const ear_quad& box) {
  const auto is_set = [](float f) { return f != 0; };
  return std::any_of(box.x, box.x + 4, is_set) || std::any_of(box.y, box.y + 4, is_set);
}

}  // namespace earshot::post
