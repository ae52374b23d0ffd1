// voice.hpp: sentences spoken by flite, and WAV files, as samples at 16 kHz. Free functions; one thread.
#pragma once

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "../loaded.hpp"

namespace earshot::testing {

using Sound = std::vector<std::int16_t>;

// Runs a program found in the path, its output thrown away. False where it is not there, or fails.
inline bool ran(std::vector<std::string> words) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", 1, 0);
  posix_spawn_file_actions_addopen(&files, 2, "/dev/null", 1, 0);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, argv[0], &files, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  int status = 0;
  return failed == 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// 16 bits, 16 kHz, one channel; anything else throws.
inline Sound read_wav(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(in), {}};
  const auto number = [&](std::size_t at) {
    std::uint32_t n = 0;
    std::memcpy(&n, all.data() + at, 4);
    return n;
  };
  if (all.size() < 44 || all.compare(0, 4, "RIFF") != 0) throw std::runtime_error(file + " is no WAV file");
  Sound sound;
  for (std::size_t at = 12; at + 8 <= all.size(); at += 8 + number(at + 4) + number(at + 4) % 2) {
    const std::string_view name(all.data() + at, 4);
    if (name == "fmt " && number(at + 12) != 16000) throw std::runtime_error(file + " is not at 16 kHz");
    if (name != "data") continue;
    const std::size_t bytes = std::min<std::size_t>(number(at + 4), all.size() - at - 8);
    sound.resize(bytes / 2);
    std::memcpy(sound.data(), all.data() + at + 8, sound.size() * 2);
    break;
  }
  return sound;
}

// By one of flite's voices at 16 kHz: slt, rms, awb. None where there is no flite.
inline std::optional<Sound> spoken(const std::string& voice, const std::string& text) {
  const Folder folder;
  const std::string file = folder / "spoken.wav";
  if (!ran({"flite", "-voice", voice, "-t", text, "-o", file})) return {};
  return read_wav(file);
}

inline Sound silence(double seconds) {
  return Sound(static_cast<std::size_t>(seconds * 16000));
}

inline Sound joined(std::initializer_list<Sound> parts) {
  Sound all;
  for (const Sound& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace earshot::testing
