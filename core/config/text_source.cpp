#include "config/text_source.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace earshot::host {

std::optional<std::string> SystemText::file(const std::filesystem::path& path, std::size_t longest, std::string& why) {
  std::error_code fault;
  const auto status = std::filesystem::status(path, fault);
  if (status.type() == std::filesystem::file_type::not_found) {
    why = "there is no such file";
    return {};
  }
  if (fault) {
    why = fault.message();
    return {};
  }
  if (!std::filesystem::is_regular_file(status)) {
    why = std::filesystem::is_directory(status) ? "it is a folder" : "it is not a regular file";
    return {};
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    why = std::strerror(errno);
    return {};
  }
  std::string text(longest + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad()) {
    why = "it cannot be read to its end";
    return {};
  }
  if (text.size() > longest) {
    why = fmt::format("it is longer than {} bytes", longest);
    return {};
  }
  text.shrink_to_fit();
  return text;
}

std::optional<std::string> SystemText::variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

}  // namespace earshot::host
