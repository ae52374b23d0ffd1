// clips.hpp: short stretches of sound around mentions, kept as WAV files: evidence that people can listen to. One
// thread at a time for an instance.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>

namespace earshot::speech {

class Clips {
 public:
  // Keeps at most `most` files in the folder, those that are there among them. Throws Error where it cannot be made.
  Clips(std::filesystem::path folder, std::size_t most);

  // The file's path; none where there are too many. `name` without ".wav". Throws Error where it cannot be written.
  std::optional<std::string> keep(const std::string& name, std::span<const std::int16_t> sound);

 private:
  std::filesystem::path folder_;
  std::size_t most_;
};

}  // namespace earshot::speech
