// listing.hpp: which files there are, and which of them has another name now. Free functions; any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "position.hpp"

namespace earshot::file {

bool is_glob(const std::string& path);

// The path itself, or the files that a glob matches in the order of their names' bytes. Throws io_failure.
std::vector<std::string> list_files(const std::string& path);

// Is the file under this name the one that was read up to `position`?
bool is_named(const std::string& path, const Position& position);

// The name that the file has now, in the folder where it was.
std::optional<std::filesystem::path> find_renamed(const Position& position);

// Forgets files that are done and gone, so that a cursor stays small. False: there was none.
bool forget_gone(std::vector<Position>& known, const std::vector<std::string>& paths);

}  // namespace earshot::file
