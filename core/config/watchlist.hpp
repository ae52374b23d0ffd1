// watchlist.hpp: the `watchlist:` of a pipeline as a list of maps, each with `id`, `names` (none, where it has a query)
// and whatever else detectors read. Pure function.
#pragma once

#include "base/value.hpp"
#include "config/node.hpp"
#include "config/places.hpp"
#include "config/report.hpp"

namespace earshot::host {

// A list of items, or a map of them by their ids. Further keys are the detectors' own. Into `places` goes where each
// item stands, as "watchlist.acme", and what is in it.
Value read_watchlist(const YamlNode& node, FaultReport& report, Places& places);

}  // namespace earshot::host
