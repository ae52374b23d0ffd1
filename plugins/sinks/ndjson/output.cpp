#include "output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include <earshot/error.hpp>

namespace earshot::ndjson {
namespace {

[[noreturn]] void fail(const char* what, const std::filesystem::path& path, int error) {
  const std::string name = path == "-" ? "standard output" : "'" + path.string() + "'";
  throw io_failure(std::string("cannot ") + what + ' ' + name + ": " + std::strerror(error));
}

}  // namespace

void Output::open(const std::filesystem::path& path) {
  close();
  path_ = path;
  std::error_code ignored;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), ignored);
  file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0) fail("open", path, errno);
  struct stat about {};
  if (::fstat(file_, &about) != 0) fail("look at", path, errno);
  stream_ = !S_ISREG(about.st_mode);
  size_ = stream_ ? 0 : static_cast<std::uint64_t>(about.st_size);
}

void Output::open_stdout() {
  close();
  path_ = "-";
  file_ = STDOUT_FILENO;
  stream_ = true;
  size_ = 0;
}

void Output::append(std::string_view bytes) {
  std::uint64_t at = size_;
  while (!bytes.empty()) {
    const ssize_t wrote = stream_ ? ::write(file_, bytes.data(), bytes.size())
                                  : ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) {
      const int error = errno;
      // A reader that has gone does not come back.
      if (error == EPIPE) throw not_allowed("cannot write: the reader of " + path_.string() + " has gone");
      if (!stream_ && at != size_ && ::ftruncate(file_, static_cast<off_t>(size_)) != 0) fail("shorten", path_, errno);
      fail("write", path_, error);
    }
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
    at += static_cast<std::uint64_t>(wrote);
  }
  size_ = at;
}

void Output::truncate(std::uint64_t size) {
  if (stream_) return;
  if (::ftruncate(file_, static_cast<off_t>(size)) != 0) fail("shorten", path_, errno);
  size_ = size;
}

void Output::sync() {
  if (!stream_ && ::fdatasync(file_) != 0) fail("make durable", path_, errno);
}

void Output::close() {
  if (file_ > STDERR_FILENO) ::close(file_);
  file_ = -1;
}

}  // namespace earshot::ndjson
