#include "media/folders.hpp"

#include <fcntl.h>

#include <algorithm>

#include "earshot/error.hpp"

namespace earshot::media {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOutside =
    "the file lies outside of the folders that media may come from; the option `folders` of the service media names "
    "them";

}  // namespace

bool Folders::is_inside(const fs::path& real) const {
  return std::any_of(folders_.begin(), folders_.end(), [&](const fs::path& folder) {
    std::error_code fault;
    const fs::path top = fs::canonical(folder, fault);
    if (fault) return false;
    const auto [end, at] = std::mismatch(top.begin(), top.end(), real.begin(), real.end());
    return end == top.end() && at != real.end();
  });
}

Folders::Opened Folders::open(std::string_view path) const {
  if (path.find('\0') != std::string_view::npos) throw invalid("the path holds a zero byte");
  std::error_code fault;
  const fs::path real = fs::canonical(fs::path(path), fault);
  if (fault) throw io_failure("the file of the medium cannot be found: " + fault.message());
  if (!is_inside(real)) throw not_allowed(kOutside);
  File file(::open(real.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW));
  if (!file) throw io_failure("the file of the medium cannot be opened: " + std::generic_category().message(errno));
  struct stat s {};
  if (::fstat(file.get(), &s) != 0 || !S_ISREG(s.st_mode))
    throw invalid("the path of the medium leads to no file, but to a folder or a device");
  // Somebody may have put a link in its way meanwhile.
  const fs::path opened = fs::read_symlink("/proc/self/fd/" + std::to_string(file.get()), fault);
  if (!fault && !is_inside(opened)) throw not_allowed(kOutside);
  return {std::move(file), real};
}

}  // namespace earshot::media
