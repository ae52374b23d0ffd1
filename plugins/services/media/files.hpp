// files.hpp: an open file, and what is done with one. A value; one thread each.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace earshot::media {

class File {
 public:
  File() = default;
  explicit File(int descriptor) : fd_(descriptor) {}
  File(File&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// Which file in which state: another one, or the same after it was written to, has another.
struct Identity {
  std::uint64_t device = 0, inode = 0;
  std::int64_t size = 0, modified = 0, changed = 0;  // bytes; nanoseconds since 1970
  auto tie() const { return std::tie(device, inode, size, modified, changed); }
  bool operator==(const Identity& other) const { return tie() == other.tie(); }
  bool operator<(const Identity& other) const { return tie() < other.tie(); }
};

Identity identity(const File& file);  // throws `io_failure`

// From its beginning, at most `most` bytes. Throws `io_failure`.
std::string read_all(const File& file, std::size_t most);

// Calls `use` with each piece, from its beginning. Throws `io_failure`.
template <class Use>
void each_piece(const File& file, Use&& use);

void write_all(const File& file, std::string_view bytes);  // throws `io_failure`

// The bytes at `at`, as many as there are, at most buffer.size(); 0 at the end. Throws `io_failure`.
std::size_t read_at(const File& file, std::uint64_t at, char* to, std::size_t most);

template <class Use>
void each_piece(const File& file, Use&& use) {
  std::string buffer(std::size_t{1} << 18, '\0');
  for (std::uint64_t at = 0;;) {
    const std::size_t n = read_at(file, at, buffer.data(), buffer.size());
    if (n == 0) return;
    use(std::string_view(buffer).substr(0, n));
    at += n;
  }
}

}  // namespace earshot::media
