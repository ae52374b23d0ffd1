// catalog.hpp: which component stands in which file. A file that a pipeline names is loaded; any other is looked at
// in a child process only, and what that saw is kept by content hash. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/descriptor.hpp"

namespace earshot::host {

// A component ready to be created: its schema, and its table once the file is loaded (which stays for ever).
struct PluginEntry {
  std::filesystem::path file;
  ModuleSchema module;
  std::string fault;  // why this file cannot be used, or empty
  // What loading it into this process cost, with the libraries that nothing before it had loaded; zeros: not loaded.
  std::chrono::nanoseconds load_time{0};
  std::size_t load_bytes = 0;
};

struct Found {
  const PluginEntry* plugin = nullptr;
  const ComponentSchema* component = nullptr;
  explicit operator bool() const { return component != nullptr; }
};

// Where a config's reader looks components up; a test gives it some of its own.
class Components {
 public:
  virtual ~Components() = default;
  // The component `name` of `kind` (EAR_SOURCE …; 0: any). Nothing found: an empty Found.
  virtual Found find(std::uint32_t kind, std::string_view name) = 0;
  virtual Found find_service(std::string_view id) = 0;
  // The names of all components of `kind`, to suggest one.
  virtual std::vector<std::string> names(std::uint32_t kind) = 0;
  // Why the plugin file that is called `name` cannot be used; empty where there is no such file.
  virtual std::string fault(std::string_view name) = 0;
};

class Catalog final : public Components {
 public:
  // Looks in `folders`, in their order; the first file that offers a component wins. `cache` is the file that keeps
  // what was seen, empty for none. `host` is the binary that probes; empty: the one that runs, which must know
  // kProbeVerb (the `earshot` command does, a test gives EARSHOT_BINARY).
  Catalog(std::vector<std::filesystem::path> folders, std::filesystem::path cache, std::filesystem::path host = {});
  ~Catalog() override;

  // Looks into NAME.so first, into all files only if that does not offer it.
  Found find(std::uint32_t kind, std::string_view name) override;
  // The service that offers `id`, as "earshot.store/1".
  Found find_service(std::string_view id) override;
  std::vector<std::string> names(std::uint32_t kind) override;
  std::string fault(std::string_view name) override;
  // Every file found, with what it offers or why it cannot be used, in the order of the folders and by name. Probes
  // what is not known yet.
  const std::vector<std::unique_ptr<PluginEntry>>& all();
  // Files whose faults are kept from earlier are looked at again. Before all().
  void forget_faults();
  const std::vector<std::filesystem::path>& folders() const { return folders_; }

  // What was loaded until now, the most expensive first.
  std::vector<const PluginEntry*> loaded() const;
  // Loads the file if that has not been done and returns the component's table. Throws Failure.
  const ear_component& load(const Found& found);

  // EARSHOT_PLUGIN_PATH, then lib/earshot/plugins beside the binary's folder.
  static std::vector<std::filesystem::path> default_folders();
  static std::filesystem::path default_cache();  // ~/.cache/earshot/plugins.cache, or XDG_CACHE_HOME

 private:
  struct Impl;
  std::vector<std::filesystem::path> folders_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace earshot::host
