#include "runtime/detector_node.hpp"

namespace earshot::host {

DetectorInstances::DetectorInstances(const ComponentPlan& plan, Environment& environment,
                                     std::shared_ptr<const Surroundings> surroundings, Services* services,
                                     std::uint32_t workers) {
  instances_.push_back(std::make_unique<Instance>(plan, environment, surroundings, services));
  selves_.push_back(instances_.front()->self());
  if (!stateless()) return;
  for (std::uint32_t worker = 1; worker < workers; ++worker) {
    if (const std::optional<void*> sibling = instances_.front()->share()) {
      shared_.push_back(*sibling);
      selves_.push_back(*sibling);
    } else {
      instances_.push_back(std::make_unique<Instance>(plan, environment, surroundings, services));
      selves_.push_back(instances_.back()->self());
    }
  }
}

DetectorInstances::~DetectorInstances() {
  for (void* sibling : shared_) instances_.front()->destroy_shared(sibling);
}

Outcome DetectorInstances::start() {
  for (auto& instance : instances_) {
    Outcome started = instance->start();
    if (started.ok()) continue;
    stop();
    return started;
  }
  return {};
}

void DetectorInstances::stop() {
  for (auto& instance : instances_) instance->stop();
}

void DetectorInstances::cancel(bool yes) {
  for (auto& instance : instances_) instance->cancel(yes);
}

}  // namespace earshot::host
