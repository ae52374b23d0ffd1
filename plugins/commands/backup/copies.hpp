// copies.hpp: consistent copies of SQLite files that are in use, sealed or plain, and the way back. Free functions, for
// the thread of the command.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "backup/manifest.hpp"

namespace earshot::backup {

// How far a copy has got, 0 to 1. False: stop; what was begun is removed.
using Progress = std::function<bool(double)>;

// Copies the file as one transaction sees it, while others write to it (VACUUM INTO: without the bytes of what was
// deleted), into `folder` as `copy.name`, and fills in bytes and fingerprint. An empty passphrase leaves it plain.
void take(Copy& copy, const std::filesystem::path& folder, std::string_view passphrase, const Progress& progress);

// Writes the copy to `to`, which must not be there, after its fingerprint, its seal and the database's own structure
// were found to be right. Throws `invalid` otherwise, and leaves nothing.
void put_back(const Copy& copy, const std::filesystem::path& folder, bool sealed, std::string_view passphrase,
              const std::filesystem::path& to);

}  // namespace earshot::backup
