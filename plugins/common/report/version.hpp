// version.hpp: the version of Earshot that a report was made with. A constant.
#pragma once

#include <string_view>

namespace earshot::report {

inline constexpr std::string_view kEarshotVersion = EARSHOT_VERSION;

}  // namespace earshot::report
