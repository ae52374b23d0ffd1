// text_source.hpp: everything that reading a config takes from the world outside: files and the environment. A test
// or a fuzzer gives it its own. One thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace earshot::host {

class TextSource {
 public:
  virtual ~TextSource() = default;
  // Nothing, and `why`, where the file cannot be read or is longer than `longest` bytes.
  virtual std::optional<std::string> file(const std::filesystem::path& path, std::size_t longest, std::string& why) = 0;
  virtual std::optional<std::string> variable(const std::string& name) = 0;
};

class SystemText final : public TextSource {
 public:
  // Regular files only: a pipe or a device could block for ever.
  std::optional<std::string> file(const std::filesystem::path& path, std::size_t longest, std::string& why) override;
  std::optional<std::string> variable(const std::string& name) override;
};

}  // namespace earshot::host
