// lines.hpp: cuts what is read in chunks into lines, with a bound on their length, straight in the batch's memory.
// The end of a line that has not come yet is kept until it does; a line that is too long is told once and then
// skipped, never held. One instance for one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "post/memory.hpp"

namespace earshot::post {

// What is kept of a line that is longer than the bound, and why it is set aside.
inline constexpr std::size_t kShown = 1024;
inline constexpr std::string_view kTooLong =
    "too long: a line has more bytes than max_line; only its first 1,024 are kept here, so raise max_line and read "
    "the whole again";

struct Chunk {
  std::string_view lines;  // whole lines without the last line end; a '\n' and kPadding bytes stand behind it
  bool any = false;        // there is at least one line (it may be empty)
  bool ended = false;      // nothing more is there for now
  std::uint64_t read = 0;  // bytes taken from the input in this call
  std::string too_long;    // the first bytes of a line that passed the bound
};

class Lines {
 public:
  explicit Lines(std::size_t max_line = 1 << 20) : max_line_(max_line) {}

  // Reads once: `read(to, size)` gives how many bytes came, 0 at the end. With `last`, what is left at the end
  // counts as a line even without its line end.
  template <class Read>
  Chunk next(Read&& read, std::size_t size, Memory::Take take, void* ctx, bool last);

  std::size_t pending() const { return rest_.size(); }  // bytes of a line that has no end yet
  bool skipping() const { return skipping_; }           // inside a line that is too long
  void clear() { rest_.clear(), skipping_ = false; }
  void skip_line() { rest_.clear(), skipping_ = true; }

 private:
  Chunk split(char* data, std::size_t size, std::size_t read, bool last);

  std::size_t max_line_;
  std::string rest_;
  bool skipping_ = false;
};

inline constexpr std::size_t kBehind = 80;  // room behind a chunk: the line end and kPadding bytes

template <class Read>
Chunk Lines::next(Read&& read, std::size_t size, Memory::Take take, void* ctx, bool last) {
  char* data = take(ctx, rest_.size() + size + kBehind);
  rest_.copy(data, rest_.size());
  const std::size_t came = read(data + rest_.size(), size);
  return split(data, rest_.size() + came, came, last);
}

}  // namespace earshot::post
