// passphrase.hpp: the passphrase of a backup, from a file, so that it stands in no list of processes. For the thread of
// the command.
#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "earshot/error.hpp"

namespace earshot::sealed {

inline constexpr std::size_t kShortest = 12;  // bytes

// The first line of the file; empty where none is given.
inline std::string passphrase(const std::optional<std::filesystem::path>& file) {
  std::string out;
  if (!file) return out;
  std::ifstream in(*file);
  if (!std::getline(in, out)) throw invalid("the file of the passphrase cannot be read").at_option("passphrase_file");
  if (out.size() < kShortest)
    throw invalid("a passphrase of fewer than 12 characters can be guessed: write a longer one into the file")
        .at_option("passphrase_file");
  return out;
}

}  // namespace earshot::sealed
