#include "post/lines.hpp"

#include <cstring>

namespace earshot::post {
Chunk Lines::split(char* data, std::size_t size, std::size_t read, bool last) {
  Chunk chunk;
  chunk.read = read;
  chunk.ended = read == 0;
  rest_.clear();
  std::string_view all(data, size);
  if (skipping_) {
    const std::size_t end = all.find('\n');
    if (end == all.npos) {
      if (chunk.ended && last) skipping_ = false;
      return chunk;
    }
    skipping_ = false;
    all.remove_prefix(end + 1);
  }
  const bool whole = chunk.ended && last;
  const void* found = whole || all.empty() ? nullptr : memrchr(all.data(), '\n', all.size());
  if (whole && !all.empty()) {
    chunk.any = true;
    chunk.lines = all;
    std::memset(data + size, '\n', kBehind);
    return chunk;
  }
  if (found != nullptr) {
    chunk.any = true;
    chunk.lines = all.substr(0, static_cast<std::size_t>(static_cast<const char*>(found) - all.data()));
    all.remove_prefix(chunk.lines.size() + 1);
  }
  if (all.size() > max_line_) {
    chunk.too_long = all.substr(0, kShown);
    skipping_ = true;
  } else {
    rest_ = all;
  }
  return chunk;
}

}  // namespace earshot::post
