// dead_letters.hpp: the dead letters in a state folder, for people: also while the pipeline runs. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "state/database.hpp"
#include "state/dead_letter.hpp"

namespace earshot::host {

class DeadLetters {
 public:
  // Which of them; what is empty matches all.
  struct Which {
    std::vector<std::int64_t> numbers;
    std::string component;
    std::string reason;  // somewhere in it
  };

  // Throws Failure where the folder holds no state.
  explicit DeadLetters(const std::filesystem::path& folder);

  std::vector<DeadLetter> list(const Which& which, std::size_t limit, bool newest_first = true);
  std::int64_t count(const Which& which);
  bool wanted(std::int64_t number);  // on its way back
  // The pipeline takes them up again. How many.
  std::int64_t replay(const Which& which);

 private:
  Database database_;
};

}  // namespace earshot::host
