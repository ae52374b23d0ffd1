// library.hpp: loads a shared library into this process, for ever. Any thread, one at a time.
#pragma once

#include <filesystem>

#include "earshot/abi.h"

namespace earshot::host {

// Runs the library's constructors. Nothing is ever unloaded: code, tables and thread-locals of a plugin stay valid
// until the process ends. `file` is absolute. Throws Failure with what the loader says.
const ear_module& load_library(const std::filesystem::path& file);

}  // namespace earshot::host
