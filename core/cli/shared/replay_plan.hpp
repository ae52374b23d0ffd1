// replay_plan.hpp: a pipeline as a backtest runs it: its store in the place of all sources, of the detectors those
// that stop posts or raise alerts, and no sinks. Main thread.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "config/plan.hpp"
#include "plugin/catalog.hpp"

namespace earshot::host {

inline constexpr const char* kStoreSource = "(store)";  // no id of a config looks so

struct ReplayWishes {
  std::string store;                // a path; empty: that of the pipeline's sqlite sink
  std::optional<std::string> from;  // posts published at or after are replayed
  std::optional<std::string> to;    // and before
  std::set<std::string> also;       // ids of detectors that run again as well
};

// The store's path. Throws Failure where there is none to be found.
std::string store_of(const Plan& plan, const std::string& given);
// Throws Failure where nothing of the pipeline could raise an alert.
Plan replay_plan(Plan plan, Catalog& catalog, const ReplayWishes& wishes);

}  // namespace earshot::host
