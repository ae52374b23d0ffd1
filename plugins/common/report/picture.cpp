#include "report/picture.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

namespace earshot::report {
namespace {

std::string_view type_of(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return "image/png";
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return "image/gif";
  if (bytes.starts_with("RIFF") && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP") return "image/webp";
  return {};
}

std::string base64(std::string_view bytes) {
  static constexpr char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(bytes.size() / 3 * 4 + 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto at = [&](std::size_t k) { return k < bytes.size() ? static_cast<unsigned char>(bytes[k]) : 0u; };
    const unsigned three = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
    out += signs[three >> 18], out += signs[three >> 12 & 63];
    out += i + 1 < bytes.size() ? signs[three >> 6 & 63] : '=', out += i + 2 < bytes.size() ? signs[three & 63] : '=';
  }
  return out;
}

bool is_below(const std::filesystem::path& file, const std::filesystem::path& folder) {
  const std::filesystem::path relative = file.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

}  // namespace

Pictures::Pictures(const std::filesystem::path& folder) {
  std::error_code error;
  if (!folder.empty()) folder_ = std::filesystem::canonical(folder, error);
  if (error) folder_.clear();
}

std::string Pictures::data(const std::string& named) {
  std::error_code error;
  if (folder_.empty() || named.empty()) return {};
  const std::filesystem::path path = std::filesystem::canonical(named, error);  // links are followed before it is told
  if (error || !is_below(path, folder_) || !std::filesystem::is_regular_file(path, error)) return {};
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error || size > kMost || taken_ + size > kMostOfAll) return {};
  std::ifstream in(path, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  const std::string_view type = type_of(bytes);
  if (type.empty()) return {};
  taken_ += bytes.size();
  return "data:" + std::string(type) + ";base64," + base64(bytes);
}

}  // namespace earshot::report
