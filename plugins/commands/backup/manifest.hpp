// manifest.hpp: what a backup holds, as backup.json in its folder. Values and free functions; any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace earshot::backup {

inline constexpr const char* kManifest = "backup.json";

struct Copy {
  std::string name;            // of the file in the folder
  std::filesystem::path from;  // where it stood, absolute
  std::string kind;            // store, state
  std::uint64_t bytes = 0;     // before it was sealed
  std::string fingerprint;     // of the file in the folder, BLAKE2b
};

struct Manifest {
  std::string pipeline, made;  // made: RFC 3339, UTC
  bool sealed = false;
  std::vector<Copy> copies;
};

void write(const Manifest& manifest, const std::filesystem::path& folder);
// Throws `invalid` where there is none, or it is none.
Manifest read(const std::filesystem::path& folder);

}  // namespace earshot::backup
