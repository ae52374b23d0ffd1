#include "media/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "earshot/error.hpp"

namespace earshot::media {

Identity identity(const File& file) {
  struct stat s {};
  if (::fstat(file.get(), &s) != 0)
    throw io_failure(std::string("the file cannot be looked at: ") + std::strerror(errno));
  const auto ns = [](const timespec& t) { return std::int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec; };
  return {s.st_dev, s.st_ino, s.st_size, ns(s.st_mtim), ns(s.st_ctim)};
}

std::size_t read_at(const File& file, std::uint64_t at, char* to, std::size_t most) {
  for (;;) {
    const ssize_t n = ::pread(file.get(), to, most, static_cast<off_t>(at));
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno != EINTR) throw io_failure(std::string("the file cannot be read: ") + std::strerror(errno));
  }
}

std::string read_all(const File& file, std::size_t most) {
  std::string bytes(
      std::min<std::size_t>(most, static_cast<std::size_t>(std::max<std::int64_t>(identity(file).size, 0))), '\0');
  std::size_t have = 0;
  while (have < bytes.size()) {
    const std::size_t n = read_at(file, have, bytes.data() + have, bytes.size() - have);
    if (n == 0) break;
    have += n;
  }
  bytes.resize(have);
  return bytes;
}

void write_all(const File& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(file.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) throw io_failure(std::string("the cache of media cannot be written: ") + std::strerror(errno));
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

}  // namespace earshot::media
