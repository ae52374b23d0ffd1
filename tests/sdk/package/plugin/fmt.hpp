// A fmt of the vendor's own: names and symbols as those of the host's, and another meaning.
#pragma once

#include <string>
#include <string_view>

namespace fmt {
inline namespace v9 {
std::string vformat(std::string_view format, int arguments);
}  // namespace v9
}  // namespace fmt
