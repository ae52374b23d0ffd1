// location.hpp: which store a command means. A free function, for the thread of the command.
#pragma once

#include <filesystem>
#include <optional>

#include "earshot/host.hpp"

namespace earshot::store {

// What --store says, else the path of the one sqlite sink of the pipeline. Throws `invalid` where neither tells.
std::filesystem::path location(const std::optional<std::filesystem::path>& option, const Host& host);

}  // namespace earshot::store
