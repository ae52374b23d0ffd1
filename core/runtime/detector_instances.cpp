#include <utility>

#include "runtime/detector_node.hpp"

namespace earshot::host {

DetectorInstances::DetectorInstances(const ComponentPlan& plan, Environment& environment,
                                     std::shared_ptr<const Surroundings> surroundings, Services* services,
                                     std::uint32_t workers)
    : workers_(workers) {
  const auto add = [&] { instances_.push_back(std::make_unique<Instance>(plan, environment, surroundings, services)); };
  add();
  for (std::uint32_t worker = 1; stateless() && !first().shares() && worker < workers; ++worker) add();
}

DetectorInstances::~DetectorInstances() {
  drop_siblings();
}

Outcome DetectorInstances::start() {
  for (auto& instance : instances_) {
    Outcome started = instance->start();
    if (started.ok()) continue;
    stop();
    return started;
  }
  // What the first has loaded and asked for is what its siblings share.
  drop_siblings();
  selves_.clear();
  for (auto& instance : instances_) selves_.push_back(instance->self());
  while (stateless() && selves_.size() < workers_) {
    void* sibling = nullptr;
    if (Outcome shared = first().share(sibling); !shared.ok()) {
      stop();
      return shared;
    }
    shared_.push_back(sibling), selves_.push_back(sibling);
  }
  return {};
}

void DetectorInstances::drop_siblings() {
  for (void* sibling : std::exchange(shared_, {})) first().destroy_shared(sibling);
}

void DetectorInstances::stop() {
  for (auto& instance : instances_) instance->stop();
}

void DetectorInstances::cancel(bool yes) {
  for (auto& instance : instances_) instance->cancel(yes);
}

}  // namespace earshot::host
