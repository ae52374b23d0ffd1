// elf.hpp: what the file of a shared library says to the loader, read without running anything of it. Throws
// std::runtime_error where it is no such file. Pure functions.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace earshot::check {

struct Library {
  std::vector<std::string> exported;   // defined, and seen by others
  std::vector<std::string> unique;     // of these, the ones that are one for the whole process
  std::vector<std::string> undefined;  // wanted from elsewhere; the weak ones are left out
  std::vector<std::string> needed;     // libraries
  bool text_relocations = false;
};

Library read_library(const std::filesystem::path& file);

}  // namespace earshot::check
