// alignment.hpp: finds the bytes of a text again in the YAML scalar that it was read from: plain, quoted, over several
// lines, or a block behind | or >. Pure function.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace earshot::host {

// From byte `text` of the text on it stands in the scalar from byte `source` on, up to the next of these or the end of
// the line.
struct Aligned {
  std::size_t text, source;
};

// `source` begins with the scalar and may go on behind it. Empty where the text has nothing but blanks, or did not come
// from there.
std::vector<Aligned> align(std::string_view source, std::string_view text);

}  // namespace earshot::host
