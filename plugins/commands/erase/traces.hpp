// traces.hpp: looks for what tells of a person in files: in their bytes as they lie on the disk, free pages and
// journals with them, and for SQLite files in every value of every table and every term of a full-text index, which
// stands there cut into pieces. Sealed and compressed files cannot be looked into, and are told. For the thread of the
// command.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "erase/matcher.hpp"

namespace earshot::erase {

struct Found {
  std::uint64_t places = 0;
  std::string unread;  // why it could not be looked into; empty: it was
};

using Traces = std::map<std::string, Found>;  // by place: "var/acme.db", "var/acme.db: segments"

// Shorter literals are in any bytes by chance, so they count in texts alone.
inline constexpr std::size_t kShortestInBytes = 6;

// Adds what is in one file. `name` is how it is called in the table. A file that is not there has nothing in it.
void look(const std::filesystem::path& file, const std::string& name, Matcher& matcher, Traces& traces);

bool is_sqlite(const std::filesystem::path& file);

}  // namespace earshot::erase
