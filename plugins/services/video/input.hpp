// input.hpp: the bytes of one regular file for the demuxer, which sees neither its name nor any other file. One thread.
#pragma once

#include <string>

#include "video/av.hpp"
#include "video/watch.hpp"

namespace earshot::video {

class Input {
 public:
  // Throws EAR_IO where it cannot be opened, EAR_INVALID where it is empty or no regular file. `watch` outlives it.
  Input(const std::string& path, const Watch& watch);
  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  AVIOContext* context() const { return context_; }

 private:
  static int read(void* self, std::uint8_t* to, int size);
  static std::int64_t seek(void* self, std::int64_t offset, int whence);

  const Watch& watch_;
  int fd_ = -1;
  std::int64_t size_ = 0;
  AVIOContext* context_ = nullptr;
};

}  // namespace earshot::video
