#include "cli/shared/pipeline.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace earshot::host {

std::optional<Plan> load_plan(const std::filesystem::path& file, Catalog& catalog, Shell& shell) {
  ConfigResult result = read_config(file, catalog);
  const bool colour = isatty(STDERR_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  std::fputs(result.diagnostics.text(colour).c_str(), stderr);
  if (!result.plan) shell.exit_code = kNotSo;
  return std::move(result.plan);
}

}  // namespace earshot::host
