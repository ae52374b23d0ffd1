// watchlist.hpp: the watch items with logos of a YAML file. Throws Error.
#pragma once

#include <filesystem>
#include <vector>

#include "logo/gallery.hpp"

namespace earshot::logo_check {

// A list of watch items, or a pipeline that has one under `watchlist`.
std::vector<logo::WatchedLogos> read_file(const std::filesystem::path& path);

}  // namespace earshot::logo_check
