#include "cli/shared/refusals.hpp"

#include <algorithm>
#include <fstream>

#include "base/error.hpp"
#include "runtime/instance.hpp"
#include "runtime/services.hpp"

namespace earshot::host {

Diagnostic with_line(Diagnostic fault, const Plan& plan) {
  std::ifstream in(fault.at.file);
  std::string line;
  for (int i = 0; i < fault.at.line; ++i)
    if (!std::getline(in, line)) return fault;
  const bool secret = std::any_of(plan.secrets.begin(), plan.secrets.end(), [&](const auto& one) {
    return !one.second.empty() && line.find(one.second) != std::string::npos;
  });
  if (!secret) fault.line = line;
  return fault;
}

std::vector<Diagnostic> refusals(const Plan& plan, Catalog& catalog) {
  Log log({.level = Level::error, .json = false, .capture = {}});
  Meters meters;
  Health health;
  TapHub taps;
  Environment environment{log,
                          meters,
                          health,
                          taps,
                          system_now,
                          [&](const Found& found) -> const ear_component& { return catalog.load(found); },
                          [&](std::string_view id) { return catalog.find_service(id); }};
  const auto surroundings = surroundings_of(plan);
  Services services(environment, surroundings, plan.services);
  std::vector<Diagnostic> out;
  for (const auto* part : {&plan.sources, &plan.detectors, &plan.sinks}) {
    for (const ComponentPlan& component : *part) {
      try {
        const Instance made(component, environment, surroundings, &services);
      } catch (const InstanceFault& fault) {
        out.push_back(with_line(fault.diagnostic(), plan));
      }
    }
  }
  return out;
}

}  // namespace earshot::host
