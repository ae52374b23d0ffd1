#include "runtime/services.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "config/option_value.hpp"

namespace earshot::host {

ComponentPlan plan_with_defaults(const Found& found, std::string id) {
  ComponentPlan plan;
  plan.kind = found.component->kind;
  plan.id = std::move(id);
  plan.plugin = found.component->name;
  plan.found = found;
  for (const OptionSchema& option : found.component->options) {
    if ((option.flags & EAR_OPTION_REQUIRED) != 0)
      throw Failure(
          fmt::format("the service '{}' needs the option '{}': give it in the `services:` section of the pipeline",
                      plan.plugin, option.name));
    std::string complaint;
    plan.values.push_back(option_default(option, complaint).value_or(Value{}));
  }
  return plan;
}

Services::Services(Environment& environment, std::shared_ptr<const Surroundings> surroundings,
                   std::vector<ComponentPlan> configured)
    : environment_(environment), surroundings_(std::move(surroundings)), configured_(std::move(configured)) {}

Services::~Services() {
  while (!running_.empty()) running_.pop_back();
}

const void* Services::table(std::string_view id, std::string_view asked_by) {
  if (const auto known = tables_.find(id); known != tables_.end()) return known->second;
  Instance* instance = make(id, asked_by);
  if (instance == nullptr) return nullptr;
  // Asked for once: other threads may be calling by the table while one more component asks for it.
  const void* table = instance->table().service->table(instance->self(), ear_str{id.data(), id.size()});
  tables_.emplace(id, table);
  return table;
}

Instance* Services::make(std::string_view id, std::string_view asked_by) {
  const Found found = environment_.find_service(id);
  if (!found) {
    // Whoever cannot do without it fails by itself and says so.
    environment_.log.info(asked_by, "no plugin offers the service {}; `earshot plugins` lists what is there", id);
    return nullptr;
  }
  try {
    ComponentPlan plan;
    for (const ComponentPlan& given : configured_)
      if (given.plugin == found.component->name) plan = given;
    if (!plan.found) plan = plan_with_defaults(found, found.component->name);
    auto instance = std::make_unique<Instance>(plan, environment_, surroundings_, this);
    if (const Outcome started = instance->start(); !started.ok()) throw InstanceFault(plan, started);
    running_.push_back(std::move(instance));
    return running_.back().get();
  } catch (const std::exception& fault) {
    environment_.log.error(asked_by, "the service {} cannot start: {}", id, fault.what());
    return nullptr;
  }
}

}  // namespace earshot::host
