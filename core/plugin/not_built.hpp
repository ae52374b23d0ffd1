// not_built.hpp: the plugins of this tree that its build left out because packages were missing. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace earshot::host {

struct NotBuilt {
  std::string name, kind;
  std::string packages;      // Debian's, as apt-get install takes them
  std::string text() const;  // a sentence that ends in what to do
};

// Of a file with a line each: name, kind, packages, between tabs. A file that is not there names none.
std::vector<NotBuilt> read_not_built(const std::filesystem::path& file);

// share/earshot/not_built.tsv beside the binary's folder: the build writes it.
std::filesystem::path not_built_file();

}  // namespace earshot::host
