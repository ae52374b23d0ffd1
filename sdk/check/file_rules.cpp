// Rules of the file and of its tables: what can be said before any component is made.
#include <ctime>

#include "base/error.hpp"
#include "check/elf.hpp"
#include "check/load.hpp"
#include "check/process_state.hpp"
#include "plugin/descriptor.hpp"

namespace earshot::check {

namespace {

Library library(const Subject& subject) {
  try {
    return read_library(subject.file);
  } catch (const std::runtime_error& fault) {
    throw Broken("the file cannot be read as a plugin: " + std::string(fault.what()));
  }
}

std::string some(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < 5; ++i) out += (i == 0 ? "" : ", ") + names[i];
  return names.size() > 5 ? out + " and " + std::to_string(names.size() - 5) + " more" : out;
}

void loads(const Subject& subject) {
  load(subject.file);
}

void abi_version(const Subject& subject) {
  const std::uint32_t abi = subject.module->abi, major = abi >> 16, minor = abi & 0xFFFFu;
  if (major != EAR_ABI_MAJOR)
    throw Broken("it is built for version " + std::to_string(major) +
                 " of the contract, and this host speaks version " + std::to_string(EAR_ABI_MAJOR) +
                 "; build it with this release's abi.h");
  if (minor > EAR_ABI_MINOR)
    throw Broken("it needs version " + std::to_string(major) + "." + std::to_string(minor) + ", and this host is " +
                 std::to_string(EAR_ABI_MAJOR) + "." + std::to_string(EAR_ABI_MINOR) +
                 "; a lower EARSHOT_TARGET_MINOR lets older hosts take it");
}

void tables_complete(const Subject& subject) {
  try {
    host::read_descriptor(*subject.module);
  } catch (const host::Failure& fault) {
    throw Broken(fault.what());
  }
}

void exports_one_symbol(const Subject& subject) {
  const Library it = library(subject);
  std::vector<std::string> others;
  bool there = false;
  for (const std::string& name : it.exported) name == "earshot_module" ? void(there = true) : others.push_back(name);
  if (!there) throw Broken("it does not export earshot_module: EARSHOT_PLUGIN(…) makes it, in one .cpp of the plugin");
  if (!others.empty())
    throw Broken("it also exports " + some(others) +
                 ", which another library's may be taken for; earshot_add_plugin(…) hides them, as does "
                 "-fvisibility=hidden with the version script plugin.map");
}

void no_unique_symbols(const Subject& subject) {
  const Library it = library(subject);
  if (!it.unique.empty())
    throw Broken("these are one for all plugins in a process: " + some(it.unique) + "; build with -fno-gnu-unique");
}

void no_undefined_symbols(const Subject& subject) {
  const Library it = library(subject);
  void* handle = load(subject.file);
  std::vector<std::string> missing;
  for (const std::string& name : it.undefined) {
    ::dlerror();
    if (::dlsym(handle, name.c_str()) == nullptr && ::dlerror() != nullptr) missing.push_back(name);
  }
  if (!missing.empty())
    throw Broken("none of the libraries that it names has " + some(missing) +
                 "; it loads here by chance. Link what it uses, with -Wl,-z,defs");
}

void no_text_relocations(const Subject& subject) {
  if (library(subject).text_relocations)
    throw Broken("its code has to be written to when it is loaded; build every part of it with -fPIC");
}

void scan_time(const Subject& subject) {
  const auto cpu = [] {
    timespec t{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1000 + static_cast<double>(t.tv_nsec) / 1e6;
  };
  const double before = cpu();
  load(subject.file);
  const double taken = cpu() - before;
  if (taken > 250)
    throw Broken("loading it takes " + std::to_string(static_cast<int>(taken)) +
                 " ms of work, and every start of a pipeline waits for it; move what its constructors do into start");
}

void loading_is_quiet(const Subject& subject) {
  const auto state = process_state();
  const std::size_t files = open_files(), tasks = threads();
  load(subject.file);
  for (const auto& [name, value] : process_state())
    if (const auto before = state.find(name); before == state.end() || before->second != value)
      throw Broken("loading it changes " + name + ", which belongs to the whole process");
  if (threads() != tasks) throw Broken("loading it starts a thread; start is the place for that");
  if (open_files() != files) throw Broken("loading it opens a file; start is the place for that");
}

constexpr Rule kRules[] = {
    {"loads", "it can be loaded with everything resolved", "runs in every host of the same major version", loads,
     Scope::file, kEveryKind, "its constructors crash"},
    {"abi-version", "it asks for a version of the contract that this host has", "the lowest that it needs", abi_version,
     Scope::module},
    {"tables-complete", "its tables have every call and every text that they need",
     "The one symbol that a plugin exports", tables_complete, Scope::module, kEveryKind, "its tables point nowhere"},
    {"exports-one-symbol", "it exports earshot_module and nothing else", "The one symbol that a plugin exports",
     exports_one_symbol, Scope::file},
    {"no-unique-symbols", "none of its symbols is shared with other plugins", "A plugin built with any compiler",
     no_unique_symbols, Scope::file},
    {"no-undefined-symbols", "it names every library that it uses", "C11 (and C++), no dependency",
     no_undefined_symbols, Scope::module},
    {"no-text-relocations", "its code is the same pages in every process", "A plugin built with any compiler",
     no_text_relocations, Scope::file},
    {"scan-time", "it loads quickly", "runs in every host of the same major version", scan_time, Scope::file},
    {"loading-is-quiet", "being loaded changes nothing", "touch nothing outside", loading_is_quiet, Scope::file},
};

}  // namespace

std::span<const Rule> file_rules() {
  return kRules;
}

}  // namespace earshot::check
