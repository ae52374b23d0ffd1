// prefix.hpp: where this binary is installed. A free function; any thread.
#pragma once

#include <filesystem>
#include <system_error>

namespace earshot::host {

// The installed prefix or the build tree: both hold bin/, lib/ and share/. Empty, with `fault`, where the system does
// not tell.
std::filesystem::path prefix(std::error_code& fault);

}  // namespace earshot::host
