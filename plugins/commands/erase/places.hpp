// places.hpp: where a pipeline keeps something, and what it has given away: from its configuration and its audit log.
// Values and free functions, for the thread of the command.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "earshot/host.hpp"

namespace earshot::erase {

struct File {
  std::filesystem::path path;
  std::string name;  // as it is told
};

struct Places {
  std::vector<std::filesystem::path> stores;  // of the sqlite sinks
  std::vector<File> kept;                     // stores with their journals, and every file in the state folder
  std::vector<File> given;                    // what sinks write for others, exports and reports: told, not changed
  std::vector<File> backups;                  // told
};

Places places(const Host& host, const std::optional<std::filesystem::path>& store);

}  // namespace earshot::erase
