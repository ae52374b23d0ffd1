#include "watchlist.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

namespace earshot::logo_check {
namespace {

std::vector<std::string> texts_of(const YAML::Node& node) {
  std::vector<std::string> all;
  if (node.IsScalar()) all.push_back(node.as<std::string>());
  if (node.IsSequence())
    for (const YAML::Node& one : node) all.push_back(one.as<std::string>());
  return all;
}

}  // namespace

std::vector<logo::WatchedLogos> read_file(const std::filesystem::path& path) {
  std::vector<logo::WatchedLogos> items;
  try {
    YAML::Node list = YAML::LoadFile(path.string());
    if (list.IsMap() && list["watchlist"] && !list["watchlist"]["logos"]) list = list["watchlist"];
    for (const auto& entry : list) {
      const bool by_id = list.IsMap();
      const YAML::Node node = by_id ? entry.second : entry;
      if (!node.IsMap() || !node["logos"]) continue;
      logo::WatchedLogos item;
      item.id = by_id ? entry.first.as<std::string>() : node["id"].as<std::string>("");
      item.names = texts_of(node["names"]), item.files = texts_of(node["logos"]);
      if (node["logo_threshold"]) item.threshold = node["logo_threshold"].as<double>();
      if (item.files.size() > logo::kMostPictures)
        throw invalid(fmt::format("'{}' has {} logos, more than {}: keep those that differ most", item.id,
                                  item.files.size(), logo::kMostPictures));
      if (!item.files.empty()) items.push_back(std::move(item));
    }
  } catch (const YAML::Exception& e) {
    throw invalid(fmt::format("cannot read the watchlist '{}': {}", path.string(), e.what()));
  }
  if (items.empty())
    throw invalid(
        fmt::format("'{}' has no watch item with logos: write {{id: acme, logos: [acme.png]}}", path.string()));
  return items;
}

}  // namespace earshot::logo_check
