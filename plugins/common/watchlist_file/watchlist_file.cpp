#include "watchlist_file/watchlist_file.hpp"

#include <fmt/format.h>

#include "earshot/error.hpp"

namespace earshot::watchlist_file {

std::vector<std::string> texts_of(const YAML::Node& node) {
  std::vector<std::string> all;
  if (node.IsScalar()) all.push_back(node.as<std::string>());
  if (node.IsSequence())
    for (const YAML::Node& one : node) all.push_back(one.as<std::string>());
  return all;
}

void each_item(const std::filesystem::path& path, const char* key,
               const std::function<void(const YAML::Node& id, const YAML::Node& item)>& use) {
  try {
    YAML::Node list = YAML::LoadFile(path.string());
    if (list.IsMap() && list["watchlist"] && !list["watchlist"][key]) list = list["watchlist"];
    for (const auto& entry : list) {
      const bool by_id = list.IsMap();
      const YAML::Node item = by_id ? entry.second : entry;
      if (item.IsMap()) use(by_id ? entry.first : item["id"], item);
    }
  } catch (const YAML::Exception& e) {
    throw invalid(fmt::format("cannot read the watchlist '{}': {}", path.string(), e.what()));
  }
}

}  // namespace earshot::watchlist_file
