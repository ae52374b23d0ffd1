#include "tail.hpp"

#include <poll.h>

#include <utility>

namespace earshot::file {

bool is_readable(int file) {
  struct pollfd wanted {
    file, POLLIN, 0
  };
  return ::poll(&wanted, 1, 50) != 0;
}

Tail::Tail(int file, const struct stat& about, const std::string& path, std::unique_ptr<Records> records)
    : file_(file), stream_(!S_ISREG(about.st_mode)), input_(Input::open(file, path)), records_(std::move(records)) {
  position_.path = path;
  position_.identify(file, about);
}

bool Tail::go_to(const Position& position) {
  const std::string path = std::exchange(position_, position).path;
  if (position_.path.empty()) position_.path = path;
  position_.done = 0;
  read_ = position_.offset;
  if (position_.skipping) records_->skip_line();
  return stream_ || input_->skip_to(read_);
}

Tail::State Tail::read(std::size_t size, bool follow, SourceOut& out, const Host& host) {
  posts_ = 0;
  if (stream_ && !is_readable(file_)) return State::nothing;
  if (std::exchange(at_end_, false) && was_cut()) begin_again(host);
  const bool last = !follow || rotated_;
  Progress progress;
  try {
    progress = records_->read(*input_, size, position_, last, out);
  } catch (const Damaged& damage) {
    out.reject({}, next_place(position_), damage.what());
    return finish(), State::done;
  }
  posts_ = progress.posts;
  read_ += progress.bytes;
  position_.offset = read_ - records_->pending();
  position_.skipping = records_->skipping();
  if (!progress.ended) return State::more;
  if (last) return finish(), State::done;
  at_end_ = true;
  return look_after(host);
}

// Shorter than it was, or long again with another beginning.
bool Tail::was_cut() const {
  struct stat about {};
  if (stream_ || ::fstat(file_, &about) != 0) return false;
  return static_cast<std::uint64_t>(about.st_size) < read_ || !position_.is(file_, about);
}

void Tail::begin_again(const Host& host) {
  host.warn("'" + position_.path + "' was cut; it is read from its beginning");
  struct stat about {};
  if (::fstat(file_, &about) == 0) position_.identify(file_, about);
  records_->clear();
  position_.offset = position_.line = read_ = 0, position_.skipping = false;
  input_->skip_to(0);
}

// At the end of a file that is followed.
Tail::State Tail::look_after(const Host& host) {
  if (was_cut()) return begin_again(host), State::more;
  struct stat about {
  }, named{};
  if (::fstat(file_, &about) != 0) return State::nothing;
  if (position_.head_size < 1024 && about.st_size > static_cast<off_t>(position_.head_size))
    position_.identify(file_, about);
  if (::stat(position_.path.c_str(), &named) != 0) return State::nothing;
  rotated_ = !is_file(named);
  return rotated_ ? State::more : State::nothing;
}

void Tail::finish() {
  struct stat about {};
  if (::fstat(file_, &about) == 0) {
    position_.done = static_cast<std::uint64_t>(about.st_size) + 1;
    if (!stream_) position_.identify(file_, about);
  }
  position_.offset = read_;
}

}  // namespace earshot::file
