#include "erase/places.hpp"

#include <algorithm>

#include "audit/audit.hpp"

namespace earshot::erase {
namespace {

namespace fs = std::filesystem;

bool same(const fs::path& a, const fs::path& b) {
  return fs::absolute(a).lexically_normal() == fs::absolute(b).lexically_normal();
}

void add(std::vector<File>& to, const fs::path& path) {
  const bool there = std::any_of(to.begin(), to.end(), [&](const File& file) { return same(file.path, path); });
  if (!there) to.push_back({path, path.string()});
}

// With rotation out.ndjson is out.000001.ndjson and so on.
void add_output(std::vector<File>& to, const fs::path& path) {
  add(to, path);
  const std::string name = path.filename(), stem = name.substr(0, name.find('.', 1));
  std::error_code none;
  for (fs::directory_iterator at(path.has_parent_path() ? path.parent_path() : ".", none), end; at != end;
       at.increment(none)) {
    const std::string other = at->path().filename();
    if (none || !at->is_regular_file(none)) break;
    if (other.size() > stem.size() + 7 && other.starts_with(stem + ".") &&
        std::all_of(other.begin() + static_cast<std::ptrdiff_t>(stem.size()) + 1,
                    other.begin() + static_cast<std::ptrdiff_t>(stem.size()) + 7,
                    [](char c) { return c >= '0' && c <= '9'; }))
      add(to, path.has_parent_path() ? path.parent_path() / other : fs::path(other));
  }
}

void add_store(Places& to, const fs::path& path) {
  std::error_code none;
  if (!fs::exists(path, none)) return;
  to.stores.push_back(path);
  for (const char* beside : {"", "-wal", "-journal", ".audit"}) add(to.kept, path.string() + beside);
}

}  // namespace

Places places(const Host& host, const std::optional<fs::path>& store) {
  Places out;
  if (store) add_store(out, *store);
  for (const Value sink : host.config()["sinks"].items()) {
    const std::string path(sink["path"].text());
    if (path.empty() || path == "-") continue;
    if (sink["plugin"].text() != "sqlite")
      add_output(out.given, path);
    else if (!store)
      add_store(out, path);
  }
  std::error_code none;
  if (!store && !host.state_dir().empty())
    for (fs::recursive_directory_iterator at(fs::path(host.state_dir()), none), end; at != end; at.increment(none)) {
      if (none) break;
      // Memory that SQLite shares between processes: numbers alone.
      if (at->is_regular_file(none) && !at->path().string().ends_with("-shm")) add(out.kept, at->path());
    }
  // What was given away may lie among what is kept.
  std::erase_if(out.kept, [&](const File& file) {
    return std::any_of(out.given.begin(), out.given.end(), [&](const File& g) { return same(g.path, file.path); });
  });
  std::sort(out.kept.begin(), out.kept.end(), [](const File& a, const File& b) { return a.name < b.name; });
  for (const audit::Entry& entry : audit::read(audit::file_of(host, store)).entries) {
    if (entry.file.empty() || entry.command == "erase") continue;
    const bool backup = entry.command == "backup";
    if (!fs::exists(entry.file, none)) continue;
    add(backup ? out.backups : out.given, entry.file);
  }
  return out;
}

}  // namespace earshot::erase
