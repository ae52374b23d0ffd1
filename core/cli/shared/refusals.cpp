#include "cli/shared/refusals.hpp"

#include <algorithm>
#include <fstream>

#include "base/error.hpp"
#include "cli/shared/own_environment.hpp"
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
  OwnEnvironment own({.level = Level::error, .json = false, .capture = {}}, catalog);
  const auto surroundings = surroundings_of(plan);
  Services services(own.all, surroundings, plan.services);
  std::vector<Diagnostic> out;
  for (const auto* part : {&plan.sources, &plan.detectors, &plan.sinks}) {
    for (const ComponentPlan& component : *part) {
      try {
        const Instance made(component, own.all, surroundings, &services);
      } catch (const InstanceFault& fault) {
        out.push_back(with_line(fault.diagnostic(), plan));
      }
    }
  }
  return out;
}

}  // namespace earshot::host
