// erasures.hpp: the letter box of a state folder for authors that are to be forgotten: another process puts one in
// while the pipeline runs, and waits for what comes of it. One thread.
#pragma once

#include <filesystem>
#include <optional>

#include "state/database.hpp"
#include "state/erasure.hpp"

namespace earshot::host {

class Erasures {
 public:
  // Throws Failure where the folder holds no state.
  explicit Erasures(const std::filesystem::path& folder);

  std::int64_t ask(const Erasure& whom);
  // Takes the answer out, once there is one.
  std::optional<Erased> answer(std::int64_t number);
  void withdraw(std::int64_t number);

 private:
  Database database_;
};

}  // namespace earshot::host
