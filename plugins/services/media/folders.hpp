// folders.hpp: the folders below which a post's `path` may lie. A value; any thread.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "media/files.hpp"

namespace earshot::media {

class Folders {
 public:
  explicit Folders(std::vector<std::filesystem::path> folders) : folders_(std::move(folders)) {}

  struct Opened {
    File file;
    std::filesystem::path path;  // the real one, without symbolic links
  };
  // Judges what the path really is, after all symbolic links, and what was opened in the end. Throws `io_failure`
  // where there is no file, `not_allowed` where it lies outside, `invalid` where it is a folder or a device.
  Opened open(std::string_view path) const;

 private:
  bool is_inside(const std::filesystem::path& real) const;

  std::vector<std::filesystem::path> folders_;
};

}  // namespace earshot::media
