// tail.hpp: one open file, read from a position on, through being cut or renamed. One instance for one thread.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "earshot/host.hpp"
#include "earshot/source.hpp"
#include "input.hpp"
#include "position.hpp"
#include "records.hpp"

namespace earshot::file {

class Tail {
 public:
  enum class State { more, nothing, done };

  // Takes `file`, which stands at its beginning.
  Tail(int file, const struct stat& about, const std::string& path, std::unique_ptr<Records> records);

  // Goes to a position of this file. False: there is not so much in it. Throws Damaged.
  bool go_to(const Position& position);
  // Reads once. `follow`: at its end there may be more later. `done`: its end was reached for good.
  State read(std::size_t size, bool follow, SourceOut& out, const Host& host);

  bool is_plain() const { return input_->is_plain(); }
  bool is_stream() const { return stream_; }  // a pipe or terminal: cannot be gone back in
  bool is_file(const struct stat& about) const {
    return position_.inode == about.st_ino && position_.device == about.st_dev;
  }
  bool is_rotated() const { return rotated_; }  // another file has taken its name
  void set_rotated() { rotated_ = true; }
  std::uint64_t posts() const { return posts_; }  // of the last read
  const Position& position() const { return position_; }

 private:
  State look_after(const Host& host);
  bool was_cut() const;
  void begin_again(const Host& host);
  void finish();

  int file_;  // belongs to input_
  bool stream_;
  bool rotated_ = false;
  bool at_end_ = false;  // the last read found nothing
  std::unique_ptr<Input> input_;
  std::unique_ptr<Records> records_;
  Position position_;
  std::uint64_t read_ = 0, posts_ = 0;
};

// Is there anything to read, or its end, within a moment?
bool is_readable(int file);

}  // namespace earshot::file
