// assembly.hpp: the components of a plan as instances, made but for their threads. A second one can be built beside one
// that runs, taking over what is unchanged. Main thread.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "runtime/detector_node.hpp"
#include "runtime/graph.hpp"
#include "runtime/services.hpp"

namespace earshot::host {

class Assembly {
 public:
  // Creates every component; what `running` has unchanged is taken from there. Throws InstanceFault.
  Assembly(Plan plan, Environment& environment, std::uint32_t workers, const Assembly* running = nullptr);

  const Plan& plan() const { return plan_; }
  const std::shared_ptr<const Graph>& graph() const { return graph_; }
  const std::vector<std::shared_ptr<Instance>>& sources() const { return sources_; }
  const std::vector<std::shared_ptr<DetectorInstances>>& detectors() const { return detectors_; }
  const std::vector<std::shared_ptr<Instance>>& sinks() const { return sinks_; }
  bool kept(const std::string& id) const { return kept_.contains(id); }  // taken over from the other
  const std::set<std::string>& kept() const { return kept_; }

  // Loads saved state into what was made, then starts it, services' users last: sinks, detectors, sources. Throws
  // InstanceFault; then what had started is stopped again.
  void start(StateStore& state);
  // Stops what `next` does not take over, and starts it again if that cannot begin.
  void stop_all_but(const std::set<std::string>& kept);
  void start_again(const std::set<std::string>& kept);
  // Tells, without touching anything that runs, whether saved state can be loaded. Throws InstanceFault.
  void try_state(Environment& environment, StateStore& state) const;

 private:
  struct Part {
    const ComponentPlan* plan;
    std::function<Outcome()> start;
    std::function<void()> stop;
    std::function<Outcome(const std::vector<StatePiece>&)> load;
  };
  std::vector<Part> parts() const;
  bool unchanged(const ComponentPlan& before, const ComponentPlan& now, bool same_watchlist) const;

  Plan plan_;
  std::shared_ptr<const Graph> graph_;
  std::shared_ptr<const Surroundings> surroundings_;
  std::vector<std::shared_ptr<Services>> services_;  // the last one is this plan's; components go before them
  std::vector<std::shared_ptr<Instance>> sources_, sinks_;
  std::vector<std::shared_ptr<DetectorInstances>> detectors_;
  std::set<std::string> kept_;
};

}  // namespace earshot::host
