// cache.hpp: what was seen in plugin files, by their content, so that a file is probed once. A file of lines; one that
// is broken, or was written by another build of the host, counts as empty. One thread.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "plugin/seen.hpp"

namespace earshot::host {

std::string sha256(std::string_view bytes);  // 64 hex digits

class SeenCache {
 public:
  // `file` may be empty: nothing is kept. `host` is the binary whose answers these are.
  SeenCache(std::filesystem::path file, const std::filesystem::path& host);

  const Seen* find(const std::string& hash);
  void put(const std::string& hash, Seen seen);
  void forget_faults();  // the next look may find a missing library installed
  void write();          // all at once or not at all; does nothing where nothing changed or the folder is read-only

 private:
  void read();

  std::filesystem::path file_;
  std::string heading_;
  std::map<std::string, Seen> seen_;
  std::set<std::string> used_;
  bool changed_ = false;
};

}  // namespace earshot::host
