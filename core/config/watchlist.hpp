// watchlist.hpp: the `watchlist:` of a pipeline as a list of maps, each with `id` and `names`. Pure function.
#pragma once

#include "base/value.hpp"
#include "config/node.hpp"
#include "config/report.hpp"

namespace earshot::host {

// A list of items, or a map of them by their ids. Further keys are the detectors' own.
Value read_watchlist(const YamlNode& node, FaultReport& report);

}  // namespace earshot::host
