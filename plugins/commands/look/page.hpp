// page.hpp: what was seen in a file, as lines for people. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "seen.hpp"

namespace earshot::look {

// `name` as it was given. `texts`: also the lettering and captions that hold no name.
std::string page(std::string_view name, const Seen& seen, bool texts, bool colour);

}  // namespace earshot::look
