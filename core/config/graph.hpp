// graph.hpp: what `from` makes of the components: checked, and put into an order in which each comes after those that
// it reads from. Pure functions.
#pragma once

#include <vector>

#include "config/components.hpp"

namespace earshot::host {

struct ReadPipeline {
  std::vector<ReadComponent> services, sources, detectors, sinks;
};

// Reports unknown ids, loops and components that nobody reads from. Puts the detectors into topological order, those
// that could stand in either order as they are written.
void check_graph(ReadPipeline& pipeline, FaultReport& report);

}  // namespace earshot::host
