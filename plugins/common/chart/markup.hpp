// markup.hpp: outside text and numbers as HTML and SVG may show them. Free functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace earshot::chart {

// Text between tags or in a quoted attribute: signs of the markup, control characters, overrides of the writing
// direction and bytes that are no UTF-8 do nothing. At most `most` bytes, then "…".
std::string escaped(std::string_view text, std::size_t most = 2000);

// An address that may stand in href: http or https, nothing else; empty otherwise.
std::string link(std::string_view url);

std::string thousands(std::int64_t number);  // 1,240
std::string compact(double number);          // 1.2k, 35k, 4.1M
std::string coordinate(double value);        // with at most two digits behind the point

}  // namespace earshot::chart
