// output.hpp: one file that is written at its end only. Whatever goes wrong, it ends behind a whole append: a half
// one is cut off again. One instance for one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace earshot::ndjson {

class Output {
 public:
  Output() = default;
  ~Output() { close(); }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // Opens or makes the file and goes to its end. Throws io_failure, as all here.
  void open(const std::filesystem::path& path);
  void open_stdout();
  void append(std::string_view bytes);
  void truncate(std::uint64_t size);
  void sync();
  void close();

  bool is_open() const { return file_ >= 0; }
  std::uint64_t size() const { return size_; }

 private:
  int file_ = -1;
  bool stream_ = false;  // standard output, a pipe, a device: nothing can be taken back
  std::uint64_t size_ = 0;
  std::filesystem::path path_;
};

}  // namespace earshot::ndjson
