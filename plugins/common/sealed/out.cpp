#include "sealed/out.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "earshot/error.hpp"

namespace earshot::sealed {

void fail(const char* doing, const std::filesystem::path& file) {
  throw io_failure(std::string("cannot ") + doing + " '" + file.string() + "': " + std::strerror(errno));
}

Out::Out(std::filesystem::path path) : path_(std::move(path)) {
  fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd_ < 0) fail("write", path_);
}

Out::~Out() {
  if (fd_ >= 0) ::close(fd_);
  std::error_code ignored;
  if (!done_) std::filesystem::remove(path_, ignored);
}

void Out::write(const void* bytes, std::size_t size) {
  const char* at = static_cast<const char*>(bytes);
  while (size > 0) {
    const ssize_t wrote = ::write(fd_, at, size);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) fail("write", path_);
    at += wrote, size -= static_cast<std::size_t>(wrote);
  }
}

void Out::finish() {
  if (::fsync(fd_) != 0) fail("write", path_);
  if (::close(std::exchange(fd_, -1)) != 0) fail("write", path_);
  done_ = true;
}

}  // namespace earshot::sealed
