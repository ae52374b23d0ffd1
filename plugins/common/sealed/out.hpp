// out.hpp: a file that is there whole or not at all, for its owner alone. One thread.
#pragma once

#include <filesystem>

namespace earshot::sealed {

[[noreturn]] void fail(const char* doing, const std::filesystem::path& file);

class Out {
 public:
  explicit Out(std::filesystem::path path);
  ~Out();  // it goes, unless it was finished
  Out(const Out&) = delete;
  Out& operator=(const Out&) = delete;

  void write(const void* bytes, std::size_t size);
  void finish();  // durable

 private:
  std::filesystem::path path_;
  int fd_ = -1;
  bool done_ = false;
};

}  // namespace earshot::sealed
