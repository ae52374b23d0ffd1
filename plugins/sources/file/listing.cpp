#include "listing.hpp"

#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <set>
#include <utility>

#include "earshot/error.hpp"

namespace earshot::file {

bool is_glob(const std::string& path) {
  return path != "-" && path.find_first_of("*?[") != std::string::npos;
}

std::vector<std::string> list_files(const std::string& path) {
  if (!is_glob(path)) return {path};
  std::vector<std::string> paths;
  glob_t found{};
  const int result = ::glob(path.c_str(), GLOB_NOSORT, nullptr, &found);
  if (result == 0) paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  ::globfree(&found);
  if (result != 0 && result != GLOB_NOMATCH) throw io_failure("cannot list '" + path + "'");
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool is_named(const std::string& path, const Position& position) {
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0 && about.st_ino == position.inode && about.st_dev == position.device;
}

std::optional<std::filesystem::path> find_renamed(const Position& position) {
  const std::filesystem::path folder = std::filesystem::path(position.path).parent_path();
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder.empty() ? "." : folder, error))
    if (is_named(entry.path(), position)) return entry.path();
  return std::nullopt;
}

bool forget_gone(std::vector<Position>& known, const std::vector<std::string>& paths) {
  std::set<std::pair<std::uint64_t, std::uint64_t>> there;
  struct stat about {};
  for (const std::string& path : paths)
    if (::stat(path.c_str(), &about) == 0) there.emplace(about.st_dev, about.st_ino);
  const auto gone = [&](const Position& p) { return p.done != 0 && !there.contains({p.device, p.inode}); };
  return std::erase_if(known, gone) != 0;
}

}  // namespace earshot::file
