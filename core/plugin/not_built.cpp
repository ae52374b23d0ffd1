#include "plugin/not_built.hpp"

#include <fmt/format.h>

#include <fstream>

#include "base/prefix.hpp"

namespace earshot::host {
namespace fs = std::filesystem;

std::string NotBuilt::text() const {
  return fmt::format("was not built, because packages were missing: apt-get install {}, and build again", packages);
}

std::vector<NotBuilt> read_not_built(const fs::path& file) {
  std::vector<NotBuilt> all;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    all.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)});
  }
  return all;
}

fs::path not_built_file() {
  std::error_code ignored;
  const fs::path here = prefix(ignored);
  return here.empty() ? fs::path() : here / "share/earshot/not_built.tsv";
}

}  // namespace earshot::host
