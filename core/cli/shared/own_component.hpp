// own_component.hpp: a component of one of the tree's own plugins, for verbs that put one before or behind a
// pipeline's detectors. Main thread.
#pragma once

#include <map>
#include <string>

#include "config/plan.hpp"
#include "plugin/catalog.hpp"

namespace earshot::host {

// With its defaults but for what is given, as text. Throws Failure where the plugin is not there.
ComponentPlan own_component(Catalog& catalog, std::uint32_t kind, const std::string& plugin, std::string id,
                            const std::map<std::string, std::string>& given);

}  // namespace earshot::host
