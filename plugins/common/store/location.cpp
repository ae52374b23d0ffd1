#include "store/location.hpp"

#include <string>
#include <vector>

namespace earshot::store {

std::filesystem::path location(const std::optional<std::filesystem::path>& option, const Host& host) {
  if (option && !option->empty()) return *option;
  std::vector<std::string> paths;
  for (const Value sink : host.config()["sinks"].items())
    if (sink["plugin"].text() == "sqlite") paths.emplace_back(sink["path"].text());
  if (paths.size() == 1) return paths.front();
  std::string all;
  for (const std::string& path : paths) all.append(all.empty() ? "" : ", ").append(path);
  throw invalid(paths.empty() ? "no store is named: give --store PATH, or a pipeline with a sqlite sink"
                              : "the pipeline has several stores (" + all + "): say which with --store PATH");
}

}  // namespace earshot::store
