// abi_text.hpp: abi.h as it stood when this was built. Constant.
#pragma once

#include <string_view>

namespace earshot::check {

extern const std::string_view kAbiText;

// The line, from 1, that contains `words`; 0 where none does.
int abi_line(std::string_view words);

}  // namespace earshot::check
