// load.hpp: the plugin, loaded as the host loads it. Any thread.
#pragma once

#include <dlfcn.h>

#include <filesystem>
#include <string>

#include "check/rule.hpp"

namespace earshot::check {

// Stays loaded for ever. Throws Broken with what the loader says.
inline void* load(const std::filesystem::path& file) {
  void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) throw Broken(std::string("the loader refuses it: ") + ::dlerror());
  return library;
}

inline const ear_module& load_module(const std::filesystem::path& file) {
  const void* symbol = ::dlsym(load(file), "earshot_module");
  if (symbol == nullptr) throw Skipped("it exports no earshot_module: see exports-one-symbol");
  return *static_cast<const ear_module*>(symbol);
}

}  // namespace earshot::check
