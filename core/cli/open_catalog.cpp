#include "cli/open_catalog.hpp"

namespace earshot::host {

Catalog open_catalog(const Shell& shell) {
  std::vector<std::filesystem::path> folders = shell.plugin_folders;
  for (std::filesystem::path& folder : Catalog::default_folders()) folders.push_back(std::move(folder));
  return Catalog(std::move(folders), Catalog::default_cache());
}

}  // namespace earshot::host
