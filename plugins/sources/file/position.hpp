// position.hpp: how far a file has been read, and how to know the file again under another name. As text it is one
// line; a cursor is a line with a version and one line for each file. Values; any thread.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::file {

struct Position {
  std::uint64_t device = 0, inode = 0;
  std::uint64_t head = 0;       // hash of its first bytes
  std::uint64_t head_size = 0;  // how many of them
  std::uint64_t offset = 0;     // behind the last line read, of what is unpacked
  std::uint64_t line = 0;       // lines read
  std::uint64_t done = 0;       // its size on disk when it was done, and 1; 0: not done
  bool skipping = false;        // inside a line that is too long
  std::string path;             // as it was last seen

  // Remembers who the open file is.
  void identify(int file, const struct stat& about);
  // Is this the file, perhaps grown since?
  bool is(int file, const struct stat& about) const;
};

std::string to_text(const Position& position);
std::string to_cursor(const std::vector<Position>& positions);
// Throws `invalid` where the text is no cursor.
std::vector<Position> from_cursor(std::string_view cursor);

}  // namespace earshot::file
