#include "plugin/catalog.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <map>
#include <tuple>

#include "base/error.hpp"
#include "base/prefix.hpp"
#include "plugin/cache.hpp"
#include "plugin/elf.hpp"
#include "plugin/library.hpp"
#include "plugin/not_built.hpp"
#include "plugin/probe.hpp"
#include "plugin/tables.hpp"

namespace earshot::host {
namespace fs = std::filesystem;

struct Catalog::Impl {
  fs::path host;
  SeenCache cache;
  std::vector<std::unique_ptr<PluginEntry>> entries;
  std::map<const PluginEntry*, Tables> loaded;
  bool complete = false;  // `entries` has every file of the folders

  PluginEntry* entry_of(const fs::path& file) const {
    for (const auto& entry : entries)
      if (entry->file == file) return entry.get();
    return nullptr;
  }
  // Loads the file, whose name a pipeline names.
  PluginEntry& named(const fs::path& file);
  const Tables& load(PluginEntry& entry);
  // Runs nothing of it in this process.
  PluginEntry& unnamed(const fs::path& file);
  Seen look(const fs::path& file);
};

namespace {

Found in(const PluginEntry& entry, std::uint32_t kind, std::string_view name) {
  if (!entry.fault.empty()) return {};
  for (const ComponentSchema& component : entry.module.components)
    if ((kind == 0 || component.kind == kind) && component.name == name) return {&entry, &component};
  return {};
}

// A name of a file, and no way out of its folder.
bool is_plain(std::string_view name) {
  return !name.empty() && name.size() <= Longest::kName && name.find('/') == std::string_view::npos && name[0] != '.';
}

constexpr std::chrono::seconds kProbeLimit{5};

// Of memory that this process has in use, as proc(5) says; 0 where it does not.
std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t size = 0, resident = 0;
  return statm >> size >> resident ? resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

// The plugin files of a folder, by name.
std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename();
    std::error_code ignored;
    if (name[0] != '.' && name.ends_with(".so") && !at->is_directory(ignored)) files.push_back(at->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

fs::path absolute_or_empty(const char* path) {
  const fs::path read = path == nullptr ? fs::path() : fs::path(path);
  return read.is_absolute() ? read : fs::path();
}

}  // namespace

Catalog::Catalog(std::vector<fs::path> folders, fs::path cache, fs::path host) {
  if (host.empty()) host = "/proc/self/exe";
  std::error_code ignored;
  if (const fs::path real = fs::canonical(host, ignored); !real.empty()) host = real;
  for (const fs::path& folder : folders) {
    fs::path normal = fs::absolute(folder).lexically_normal();
    if (std::find(folders_.begin(), folders_.end(), normal) == folders_.end()) folders_.push_back(std::move(normal));
  }
  SeenCache seen(std::move(cache), host);
  impl_ = std::make_unique<Impl>(Impl{std::move(host), std::move(seen), {}, {}, false});
}

Catalog::~Catalog() = default;

// The schema that a Found points to stays where it is and says what the loaded code says.
const Tables& Catalog::Impl::load(PluginEntry& entry) {
  if (const auto known = loaded.find(&entry); known != loaded.end()) return known->second;
  check_elf(read_file(entry.file));  // the loader may crash on what is cut off
  const auto begun = std::chrono::steady_clock::now();
  const std::size_t before = resident_bytes();
  const ear_module& module = load_library(entry.file);
  entry.load_time = std::chrono::steady_clock::now() - begun;
  entry.load_bytes = std::max(before, resident_bytes()) - before;
  ModuleSchema schema = read_descriptor(module);
  if (entry.module.components.empty())
    entry.module = std::move(schema);
  else if (entry.module != schema)
    throw Failure("was replaced since it was looked at: start again");
  return loaded.try_emplace(&entry, module).first->second;
}

PluginEntry& Catalog::Impl::named(const fs::path& file) {
  if (PluginEntry* known = entry_of(file)) return *known;
  PluginEntry& entry = *entries.emplace_back(std::make_unique<PluginEntry>());
  entry.file = file;
  try {
    load(entry);
  } catch (const Failure& failure) {
    entry.fault = failure.what();
  }
  return entry;
}

PluginEntry& Catalog::Impl::unnamed(const fs::path& file) {
  if (PluginEntry* known = entry_of(file)) return *known;
  Seen seen = look(file);
  PluginEntry& entry = *entries.emplace_back(std::make_unique<PluginEntry>());
  entry = {file, std::move(seen.module), std::move(seen.fault)};
  return entry;
}

Seen Catalog::Impl::look(const fs::path& file) {
  std::string hash;
  try {
    const std::string bytes = read_file(file);
    check_elf(bytes);
    hash = sha256(bytes);
  } catch (const Failure& failure) {
    return {{}, failure.what()};
  }
  if (const Seen* known = cache.find(hash)) return *known;
  Seen seen = probe(host, file, kProbeLimit);
  cache.put(hash, seen);
  return seen;
}

Found Catalog::find(std::uint32_t kind, std::string_view name) {
  if (!is_plain(name)) return {};
  for (const fs::path& folder : folders_) {
    std::error_code ignored;
    const fs::path file = folder / fmt::format("{}.so", name);
    if (!fs::exists(file, ignored)) continue;
    const PluginEntry& entry = impl_->named(file);
    if (!entry.fault.empty()) return {};
    if (const Found found = in(entry, kind, name)) return found;
  }
  for (const auto& entry : all())
    if (const Found found = in(*entry, kind, name)) return found;
  return {};
}

Found Catalog::find_service(std::string_view id) {
  for (const auto& entry : all()) {
    if (!entry->fault.empty()) continue;
    for (const ComponentSchema& component : entry->module.components)
      if (std::find(component.offers.begin(), component.offers.end(), id) != component.offers.end())
        return {entry.get(), &component};
  }
  return {};
}

std::vector<std::string> Catalog::names(std::uint32_t kind) {
  std::vector<std::string> names;
  for (const auto& entry : all()) {
    if (!entry->fault.empty()) continue;
    for (const ComponentSchema& component : entry->module.components)
      if (kind == 0 || component.kind == kind) names.push_back(component.name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string Catalog::fault(std::string_view name) {
  if (!is_plain(name)) return {};
  for (const fs::path& folder : folders_) {
    std::error_code ignored;
    const fs::path file = folder / fmt::format("{}.so", name);
    if (!fs::exists(file, ignored)) continue;
    return impl_->named(file).fault;
  }
  for (const NotBuilt& one : read_not_built(not_built_file()))
    if (one.name == name) return "it " + one.text();
  return {};
}

const std::vector<std::unique_ptr<PluginEntry>>& Catalog::all() {
  if (impl_->complete) return impl_->entries;
  std::map<fs::path, std::size_t> order;
  for (const fs::path& folder : folders_) {
    for (const fs::path& file : files_in(folder)) {
      impl_->unnamed(file);
      order.emplace(file, order.size());
    }
  }
  std::stable_sort(impl_->entries.begin(), impl_->entries.end(),
                   [&](const auto& a, const auto& b) { return order[a->file] < order[b->file]; });
  impl_->cache.write();
  impl_->complete = true;
  return impl_->entries;
}

void Catalog::forget_faults() {
  impl_->cache.forget_faults();
}

const ear_component& Catalog::load(const Found& found) {
  PluginEntry* entry = found.plugin == nullptr ? nullptr : impl_->entry_of(found.plugin->file);
  if (entry == nullptr || !found.component) throw Failure("no plugin to load");
  const std::uint32_t kind = found.component->kind;
  const std::string name = found.component->name;
  try {
    if (const ear_component* component = impl_->load(*entry).find(kind, name)) return *component;
  } catch (const Failure& failure) {
    throw Failure(fmt::format("{}: {}", entry->file.string(), failure.what()));
  }
  throw Failure(fmt::format("{}: no longer offers the {} '{}'", entry->file.string(), kind_name(kind), name));
}

std::vector<const PluginEntry*> Catalog::loaded() const {
  std::vector<const PluginEntry*> all;
  for (const auto& [entry, tables] : impl_->loaded) all.push_back(entry);
  std::sort(all.begin(), all.end(), [](const auto* a, const auto* b) {
    return std::tie(b->load_time, a->file) < std::tie(a->load_time, b->file);
  });
  return all;
}

std::vector<fs::path> Catalog::default_folders() {
  std::vector<fs::path> folders;
  const char* path = std::getenv("EARSHOT_PLUGIN_PATH");
  for (std::string_view rest = path == nullptr ? "" : path; !rest.empty();) {
    const std::size_t colon = std::min(rest.find(':'), rest.size());
    if (colon > 0) folders.emplace_back(rest.substr(0, colon));
    rest.remove_prefix(std::min(colon + 1, rest.size()));
  }
  std::error_code ignored;
  if (const fs::path here = prefix(ignored); !here.empty()) folders.push_back(here / "lib/earshot/plugins");
  return folders;
}

fs::path Catalog::default_cache() {
  fs::path cache = absolute_or_empty(std::getenv("XDG_CACHE_HOME"));
  if (cache.empty()) {
    cache = absolute_or_empty(std::getenv("HOME"));
    if (cache.empty()) return {};
    cache /= ".cache";
  }
  return cache / "earshot/plugins.cache";
}

}  // namespace earshot::host
