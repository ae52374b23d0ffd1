// clips.hpp: small files of sound and video, made by the program `ffmpeg` when a test asks for them, in a folder that
// goes with the process. One thread.
#pragma once

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "../loaded.hpp"

namespace clips {

inline const earshot::testing::Folder& folder() {
  static const earshot::testing::Folder folder;
  return folder;
}

inline std::string quoted(const std::string& text) {
  return "'" + text + "'";
}

// Runs `ffmpeg ARGUMENTS FILE` and answers the file's path; empty: there is no ffmpeg here, or not that of it.
inline std::string clip(const std::string& name, const std::string& arguments) {
  const std::string path = folder() / name;
  const std::string command =
      "ffmpeg -nostdin -loglevel error -y " + arguments + " " + quoted(path) + " >/dev/null 2>&1";
  return std::system(command.c_str()) == 0 ? path : std::string();
}

// The first `share` of a file's bytes.
inline std::string cut(const std::string& path, double share) {
  const std::string shorter = folder() / ("cut." + std::filesystem::path(path).filename().string());
  std::filesystem::copy_file(path, shorter, std::filesystem::copy_options::overwrite_existing);
  const auto size = static_cast<double>(std::filesystem::file_size(path));
  std::filesystem::resize_file(shorter, static_cast<std::uintmax_t>(size * share));
  return shorter;
}

// A picture of one colour as a PPM.
inline std::string plain(const std::string& name, int width, int height, int red, int green, int blue) {
  std::string text = "P6 " + std::to_string(width) + " " + std::to_string(height) + " 255\n";
  for (int i = 0; i < width * height; ++i)
    text += static_cast<char>(red), text += static_cast<char>(green), text += static_cast<char>(blue);
  return folder().write(name, text);
}

// Was it made? A test whose clip cannot be made here is passed over with a message.
inline bool made(const std::string& path) {
  if (path.empty()) WARN("skipped: there is no ffmpeg here that makes this clip");
  return !path.empty();
}

}  // namespace clips
