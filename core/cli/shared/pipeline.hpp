// pipeline.hpp: what every verb that reads a pipeline does first. Main thread.
#pragma once

#include <filesystem>
#include <optional>

#include "cli/open_catalog.hpp"
#include "config/plan.hpp"

namespace earshot::host {

// Reads the pipeline and prints what is wrong with it to standard error. Where it has faults there is no plan, and
// shell.exit_code says so. The catalog has to outlive the plan.
std::optional<Plan> load_plan(const std::filesystem::path& file, Catalog& catalog, Shell& shell);

}  // namespace earshot::host
