#include "input.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <string_view>
#include <vector>

#include <earshot/error.hpp>

namespace earshot::file {
namespace {

constexpr std::size_t kRoom = 131072;

std::size_t read_some(int file, char* to, std::size_t size, const std::string& name) {
  for (;;) {
    const ssize_t came = ::read(file, to, size);
    if (came >= 0) return static_cast<std::size_t>(came);
    if (errno == EAGAIN || errno == EWOULDBLOCK) return 0;
    if (errno != EINTR) throw io_failure("cannot read '" + name + "': " + std::strerror(errno));
  }
}

class Plain final : public Input {
 public:
  Plain(int file, std::string name) : file_(file), name_(std::move(name)) {}
  ~Plain() override {
    if (file_ > STDERR_FILENO) ::close(file_);
  }
  Plain(const Plain&) = delete;
  Plain& operator=(const Plain&) = delete;

  // The first four bytes, which `read` gives again.
  std::string_view first() {
    char bytes[4];
    while (begun_.size() < sizeof bytes) {
      const std::size_t came = read_some(file_, bytes, sizeof bytes - begun_.size(), name_);
      if (came == 0) break;
      begun_.append(bytes, came);
    }
    return begun_;
  }
  std::size_t read(char* to, std::size_t size) override {
    const std::size_t n = begun_.copy(to, size);  // what was read to see how it is packed
    begun_.erase(0, n);
    return n + read_some(file_, to + n, size - n, name_);
  }
  bool skip_to(std::uint64_t offset) override {
    if (::lseek(file_, static_cast<off_t>(offset), SEEK_SET) < 0) return false;
    return begun_.clear(), true;
  }

 private:
  int file_;
  std::string name_;
  std::string begun_;
};

class Packed : public Input {
 public:
  explicit Packed(std::unique_ptr<Plain> from) : from_(std::move(from)), room_(kRoom) {}
  bool is_plain() const override { return false; }
  bool skip_to(std::uint64_t offset) override {
    std::vector<char> unused(65536);
    while (offset > 0) {
      const std::size_t n =
          read(unused.data(), static_cast<std::size_t>(std::min<std::uint64_t>(offset, unused.size())));
      if (n == 0) return false;
      offset -= n;
    }
    return true;
  }

 protected:
  std::size_t fill() { return from_->read(room_.data(), room_.size()); }
  const std::unique_ptr<Plain> from_;
  std::vector<char> room_;
};

class Gzip final : public Packed {
 public:
  explicit Gzip(std::unique_ptr<Plain> from) : Packed(std::move(from)) {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) throw std::bad_alloc();
  }
  ~Gzip() override { inflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  std::size_t read(char* to, std::size_t size) override {
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out == size) {
      if (stream_.avail_in == 0) {
        stream_.next_in = reinterpret_cast<Bytef*>(room_.data());
        stream_.avail_in = static_cast<uInt>(fill());
        if (stream_.avail_in == 0 && whole_) return 0;
        if (stream_.avail_in == 0) throw Damaged("the gzip data is cut short");
      }
      whole_ = false;
      const int result = inflate(&stream_, Z_NO_FLUSH);
      if (result == Z_STREAM_END)
        whole_ = inflateReset(&stream_) == Z_OK;  // another member may follow
      else if (result != Z_OK && result != Z_BUF_ERROR)
        throw Damaged("the gzip data is damaged");
    }
    return size - stream_.avail_out;
  }

 private:
  z_stream stream_{};
  bool whole_ = false;  // at the end of a member
};

class Zstd final : public Packed {
 public:
  explicit Zstd(std::unique_ptr<Plain> from) : Packed(std::move(from)), context_(ZSTD_createDCtx(), ZSTD_freeDCtx) {
    if (!context_) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, 27);  // 128 MiB at most
  }
  std::size_t read(char* to, std::size_t size) override {
    ZSTD_outBuffer out{to, size, 0};
    while (out.pos == 0) {
      if (in_.pos == in_.size) {
        in_ = {room_.data(), fill(), 0};
        if (in_.size == 0 && left_ == 0) return 0;
        if (in_.size == 0) throw Damaged("the zstd data is cut short");
      }
      left_ = ZSTD_decompressStream(context_.get(), &out, &in_);
      if (ZSTD_isError(left_) != 0) throw Damaged("the zstd data is damaged");
    }
    return out.pos;
  }

 private:
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  std::size_t left_ = 0;  // 0: at the end of a frame
};

}  // namespace

std::unique_ptr<Input> Input::open(int file, const std::string& name) {
  auto plain = std::make_unique<Plain>(file, name);
  const std::string_view magic = plain->first();
  if (magic.starts_with("\x1F\x8B")) return std::make_unique<Gzip>(std::move(plain));
  if (magic == "\x28\xB5\x2F\xFD") return std::make_unique<Zstd>(std::move(plain));
  return plain;
}

}  // namespace earshot::file
