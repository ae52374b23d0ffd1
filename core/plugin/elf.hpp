// elf.hpp: what a file says of itself without any of its code being run. The bytes may be anything. Pure functions
// but for the reading of a file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace earshot::host {

// The whole of a regular file of at most 1 GiB. Throws Failure.
std::string read_file(const std::filesystem::path& file);

// Throws Failure unless `bytes` are a shared library for this machine that exports `earshot_module` and nothing else.
void check_elf(std::string_view bytes);

}  // namespace earshot::host
