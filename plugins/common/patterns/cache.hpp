// cache.hpp: compiled databases as files of a folder, each named by a hash of what it was compiled from. A file holds
// the literals themselves too, so that no two lists are ever taken for one another. Free functions; any thread, any
// number of processes: files appear whole, by rename.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

struct hs_database;

namespace earshot::patterns {

// The database kept for these literals, or nullptr: there is none, or it is damaged, or of another vectorscan or
// machine. The caller frees it.
hs_database* load(const std::filesystem::path& folder, const std::vector<std::string>& literals);

// Keeps it; quietly not where the folder cannot be written.
void keep(const std::filesystem::path& folder, const std::vector<std::string>& literals, const hs_database* database);

}  // namespace earshot::patterns
