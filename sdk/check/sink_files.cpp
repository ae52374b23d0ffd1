#include "check/sink_files.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

namespace earshot::check {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> column(sqlite3* db, const std::string& query) {
  std::vector<std::string> values;
  sqlite3_exec(
      db, query.c_str(),
      [](void* ctx, int count, char** row, char**) {
        if (count > 0 && row[0] != nullptr) static_cast<std::vector<std::string>*>(ctx)->emplace_back(row[0]);
        return 0;
      },
      &values, nullptr);
  return values;
}

std::string tables(const fs::path& file) {
  sqlite3* raw = nullptr;
  if (sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) return "not to be opened";
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> db(raw, sqlite3_close);
  std::string all;
  for (const std::string& table :
       column(raw,
              "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
              "'sqlite_%' AND sql NOT LIKE '%VIRTUAL%' AND name NOT LIKE '%\\_%' ESCAPE '\\' ORDER BY name"))
    for (const std::string& rows : column(raw, "SELECT count(*) FROM \"" + table + "\""))
      all += table + ' ' + rows + '\n';
  return all;
}

}  // namespace

std::map<std::string, std::string> written_files() {
  std::map<std::string, std::string> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(".")) {
    const std::string name = entry.path().string();
    if (!entry.is_regular_file() || name.ends_with("-wal") || name.ends_with("-shm") || name.ends_with("-journal"))
      continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    if (bytes.starts_with("SQLite format 3")) bytes = tables(entry.path());
    if (!bytes.empty()) files[name] = std::move(bytes);
  }
  return files;
}

}  // namespace earshot::check
