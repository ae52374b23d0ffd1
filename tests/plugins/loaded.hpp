// loaded.hpp: the table of a component in a built plugin, for the harnesses of testing.hpp. One thread.
#pragma once

#include <dlfcn.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

#include "earshot/abi.h"

namespace earshot::testing {

// The component `name` in plugin `name`, which stays loaded.
inline const ear_component& loaded(const std::string& name) {
  void* library = ::dlopen((std::string(EARSHOT_PLUGIN_DIR) + "/" + name + ".so").c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) throw std::runtime_error(::dlerror());
  const auto* module = static_cast<const ear_module*>(::dlsym(library, "earshot_module"));
  for (auto at = module->components; *at != nullptr; ++at)
    if (name == (*at)->name) return **at;
  throw std::runtime_error("the plugin has no component " + name);
}

// A folder of a test's own, gone with it.
class Folder {
 public:
  Folder() {
    std::string name = std::filesystem::temp_directory_path() / "earshot-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string operator/(const std::string& name) const { return path_ / name; }
  std::string write(const std::string& name, std::string_view text, bool append = false) const {
    std::ofstream(path_ / name, append ? std::ios::app : std::ios::trunc) << text;
    return path_ / name;
  }
  std::string read(const std::string& name) const {
    std::ifstream in(path_ / name);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::filesystem::path path_;
};

}  // namespace earshot::testing
