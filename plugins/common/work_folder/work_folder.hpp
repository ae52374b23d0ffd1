// work_folder.hpp: a folder of one run's own, gone when this goes. One thread.
#pragma once

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <earshot/error.hpp>
#include <filesystem>
#include <string>

namespace earshot {

class WorkFolder {
 public:
  // `what` it is for is in its name.
  explicit WorkFolder(const std::string& what) {
    std::error_code ignored;
    std::string path = (std::filesystem::temp_directory_path(ignored) / ("earshot-" + what + "-XXXXXX")).string();
    if (::mkdtemp(path.data()) == nullptr)
      throw io_failure("cannot make the folder '" + path + "': " + std::strerror(errno) +
                       "; TMPDIR names another place");
    path_ = path;
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  ~WorkFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace earshot
