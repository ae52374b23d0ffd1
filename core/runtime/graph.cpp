#include "runtime/graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.hpp"

namespace earshot::host {
namespace {

Node make_node(const ComponentPlan& plan, const std::map<std::string, std::uint32_t>& numbers, const Graph& graph) {
  Node node;
  node.id = plan.id;
  node.hears.resize(graph.source_count);
  if (plan.kind == EAR_SOURCE) node.hears[graph.nodes.size()] = true;
  for (const std::string& from : plan.from) {
    const std::uint32_t number = numbers.at(from);
    node.from.push_back(number);
    node.sees |= graph.nodes[number].sees;
    for (std::uint32_t s = 0; s < graph.source_count; ++s)
      if (graph.nodes[number].hears[s]) node.hears[s] = true;
    if (number >= graph.source_count) node.sees |= DetectorSet{1} << (number - graph.source_count);
  }
  return node;
}

}  // namespace

Graph::Graph(const Plan& plan) : source_count(static_cast<std::uint32_t>(plan.sources.size())) {
  if (const std::size_t count = plan.detectors.size() + plan.earlier.size(); count > kMaxDetectors)
    throw Failure(fmt::format("{}: {} detectors are more than the {} that one pipeline takes; split it in two",
                              plan.file.string(), count, kMaxDetectors));
  std::map<std::string, std::uint32_t> numbers;
  for (const auto* part : {&plan.sources, &plan.detectors}) {
    for (const ComponentPlan& component : *part) {
      nodes.push_back(make_node(component, numbers, *this));
      numbers.emplace(component.id, static_cast<std::uint32_t>(nodes.size()) - 1);
    }
  }
  earlier = plan.earlier;
  for (std::size_t i = 0; i < plan.detectors.size(); ++i)
    for (std::uint32_t bit = detector_count(); bit < voice_count(); ++bit)
      if (const auto& sees = plan.detectors[i].sees; std::find(sees.begin(), sees.end(), voice(bit)) != sees.end())
        nodes[source_count + i].sees |= DetectorSet{1} << bit;
  for (const ComponentPlan& sink : plan.sinks) sinks.push_back(make_node(sink, numbers, *this));
}

}  // namespace earshot::host
