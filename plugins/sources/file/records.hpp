// records.hpp: what a file is made of: the bytes of one open file cut into records, and posts made of them. One
// instance for one file and one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "earshot/source.hpp"
#include "input.hpp"
#include "position.hpp"

namespace earshot::file {

struct Progress {
  std::uint64_t bytes = 0, posts = 0;
  bool ended = false;  // nothing more is there for now
};

class Records {
 public:
  virtual ~Records() = default;
  // Reads once, pushes the posts and moves `position.line`. With `last`, what is left at the end is a record too.
  virtual Progress read(Input& input, std::size_t size, Position& position, bool last, SourceOut& out) = 0;
  // Bytes of a record that has no end yet.
  virtual std::size_t pending() const = 0;
  virtual bool skipping() const = 0;  // inside a line that is too long
  virtual void skip_line() = 0;
  virtual void clear() = 0;  // the file begins anew
};

// "posts.ndjson:17", of the line behind the last one read.
inline std::string next_place(const Position& position) {
  return std::string(position.path).append(":").append(std::to_string(position.line + 1));
}

}  // namespace earshot::file
