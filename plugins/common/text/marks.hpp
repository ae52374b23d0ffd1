// marks.hpp: a text with stretches of it marked, as a terminal may show it. A free function; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::text {

struct Stretch {
  std::int64_t begin, end;  // bytes
};

// Stretches that overlap or touch are one; one that cuts a character takes in the whole of it; what lies behind the
// text is left out. In colour they are bold on yellow, else in [brackets].
std::string marked(std::string_view text, std::vector<Stretch> stretches, bool colour);

}  // namespace earshot::text
