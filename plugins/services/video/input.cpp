#include "video/input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace earshot::video {

constexpr int kBuffer = 64 << 10;

Input::Input(const std::string& path, const Watch& watch) : watch_(watch) {
  fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a pipe would wait for its writer
  if (fd_ < 0) throw io_failure(std::string("its file cannot be opened: ") + std::strerror(errno));
  struct stat status {};
  const bool regular = ::fstat(fd_, &status) == 0 && S_ISREG(status.st_mode);
  size_ = status.st_size;
  auto* buffer = regular && size_ > 0 ? static_cast<unsigned char*>(av_malloc(kBuffer)) : nullptr;
  if (buffer != nullptr) context_ = avio_alloc_context(buffer, kBuffer, 0, this, read, nullptr, seek);
  if (context_ != nullptr) return;
  av_free(buffer);
  ::close(fd_);
  if (!regular) throw invalid("it is no regular file");
  if (size_ == 0) throw invalid("the file is empty");
  throw std::bad_alloc();
}

Input::~Input() {
  av_freep(&context_->buffer);
  avio_context_free(&context_);
  ::close(fd_);
}

int Input::read(void* self, std::uint8_t* to, int size) {
  const auto& input = *static_cast<Input*>(self);
  if (input.watch_.over()) return AVERROR_EXIT;
  ssize_t n = 0;
  do n = ::read(input.fd_, to, static_cast<std::size_t>(size));
  while (n < 0 && errno == EINTR);
  if (n < 0) return AVERROR(errno);
  return n == 0 ? AVERROR_EOF : static_cast<int>(n);
}

std::int64_t Input::seek(void* self, std::int64_t offset, int whence) {
  const auto& input = *static_cast<Input*>(self);
  if (whence == AVSEEK_SIZE) return input.size_;
  const off_t at = ::lseek(input.fd_, offset, whence & ~AVSEEK_FORCE);
  return at < 0 ? AVERROR(errno) : at;
}

}  // namespace earshot::video
