// graph.hpp: the pipeline's graph in numbers: which node a post comes from, and whose findings it may see there.
// Made once from a plan; constant afterwards, so any thread may read it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/plan.hpp"

namespace earshot::host {

// Detectors are told apart by bits of one word.
inline constexpr std::size_t kMaxDetectors = 64;
using DetectorSet = std::uint64_t;

// A source or a detector: its number is its place among sources, then detectors in topological order.
struct Node {
  std::string id;
  std::vector<std::uint32_t> from;  // numbers of nodes
  DetectorSet sees = 0;             // detectors on some way from a source to here: their findings are shown
  std::vector<bool> hears;          // of each source: whether its posts and gaps can come here
};

struct Graph {
  explicit Graph(const Plan& plan);

  std::vector<Node> nodes;
  std::vector<Node> sinks;
  std::vector<std::string> earlier;  // detectors that do not run: stored posts bring what they found
  std::uint32_t source_count = 0;

  std::uint32_t detector_count() const { return static_cast<std::uint32_t>(nodes.size()) - source_count; }
  std::uint32_t node_of_detector(std::uint32_t detector) const { return source_count + detector; }
  // Who may have said something: the detectors, then those that do not run. A place is its bit in a DetectorSet.
  std::uint32_t voice_count() const { return detector_count() + static_cast<std::uint32_t>(earlier.size()); }
  const std::string& voice(std::uint32_t bit) const {
    return bit < detector_count() ? nodes[node_of_detector(bit)].id : earlier[bit - detector_count()];
  }
};

}  // namespace earshot::host
