// data.hpp: real data for the quality tests: where it is, and rows of a CSV file. Free functions; any thread.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace earshot::quality {

// Below $EARSHOT_DATA, the folder that CMake was told, or the sibling folder of the source tree; none: it is not here.
inline std::optional<std::filesystem::path> data(const std::string& name) {
  std::vector<std::filesystem::path> folders{EARSHOT_DATA, EARSHOT_SOURCE_DIR "/../shared/data"};
  if (const char* folder = std::getenv("EARSHOT_DATA")) folders.insert(folders.begin(), folder);
  for (const auto& folder : folders)
    if (!folder.empty() && std::filesystem::exists(folder / name)) return folder / name;
  return {};
}

// All rows (RFC 4180), the heading too.
inline std::vector<std::vector<std::string>> read_csv(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(in), {}};
  std::vector<std::vector<std::string>> rows(1);
  std::string cell;
  bool quoted = false;
  const auto end_cell = [&] { rows.back().push_back(std::move(cell)), cell.clear(); };
  for (std::size_t i = 0; i < all.size(); ++i) {
    const char c = all[i];
    if (quoted && c == '"' && i + 1 < all.size() && all[i + 1] == '"') {
      cell += '"', ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      end_cell();
    } else if (!quoted && c == '\n') {
      end_cell(), rows.emplace_back();
    } else if (quoted || c != '\r') {
      cell += c;
    }
  }
  if (!cell.empty() || !rows.back().empty()) end_cell();
  if (rows.back().empty()) rows.pop_back();
  return rows;
}

}  // namespace earshot::quality
