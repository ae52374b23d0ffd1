// erasure.hpp: an author whom a pipeline is to forget, and what came of it. Values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace earshot::host {

// Who: by the native id, and by the names that posts and alerts may carry instead. Empty: not known.
struct Erasure {
  std::string platform, id, handle, name;
  std::int64_t number = 0;  // in the state; 0: not there

  bool operator==(const Erasure&) const = default;
};

struct Erased {
  std::int64_t components = 0;  // that were asked to forget, and have
  std::int64_t letters = 0;     // dead letters that went
  std::int64_t deliveries = 0;  // of the outbox, that went or lost what they quoted
  std::string failed;           // components that could not, with the reason; empty: none
};

}  // namespace earshot::host
