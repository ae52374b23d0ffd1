// picture.hpp: pictures of posts that lie on this machine, to stand in the page itself. What a post names is not to be
// trusted: only files below one folder are taken, and only what is a JPEG, PNG, GIF or WebP by its own bytes, up to a
// bound for each and for all together. One thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace earshot::report {

class Pictures {
 public:
  explicit Pictures(const std::filesystem::path& folder);  // empty: no pictures

  // "data:image/jpeg;base64,…"; empty: there is none that may stand here.
  std::string data(const std::string& path);

 private:
  static constexpr std::size_t kMost = 512 << 10, kMostOfAll = 6 << 20;  // bytes
  std::filesystem::path folder_;
  std::size_t taken_ = 0;
};

}  // namespace earshot::report
