// stored.hpp: what a backtest has to know of a store before it replays it. Main thread.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "runtime/services.hpp"

namespace earshot::host {

struct Stored {
  std::uint64_t posts = 0;                               // live ones in the stretch
  ear_time first = EAR_TIME_NONE, last = EAR_TIME_NONE;  // published, of those
  std::set<std::string> detectors;                       // that have said some of the latest findings in the store
};

// Of posts published from `from` on and before `to` (EAR_TIME_NONE: no bound). Throws Failure where the store cannot be
// read.
Stored look_at_store(const std::string& path, ear_time from, ear_time to, Environment& environment, const Plan& plan);

}  // namespace earshot::host
