// dead_letters.hpp: the dead letters in a state folder, for people: also while the pipeline runs. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "state/database.hpp"
#include "state/dead_letter.hpp"

namespace earshot::host {

class Seal;

class DeadLetters {
 public:
  // Which of them; what is empty matches all.
  struct Which {
    std::vector<std::int64_t> numbers;
    std::string component;
    std::string reason;  // somewhere in it
  };

  // Throws Failure where the folder holds no state.
  explicit DeadLetters(const std::filesystem::path& folder, std::shared_ptr<const Seal> seal = nullptr);

  std::vector<DeadLetter> list(const Which& which, std::size_t limit, bool newest_first = true);
  std::int64_t count(const Which& which);
  bool wanted(std::int64_t number);  // on its way back
  // The pipeline takes them up again. How many.
  std::int64_t replay(const Which& which);
  // They go, but for those on their way back: all that match, or all from before a time. How many.
  std::int64_t drop(const Which& which);
  std::int64_t drop(ear_time before);

 private:
  Database database_;
  std::shared_ptr<const Seal> seal_;
};

}  // namespace earshot::host
