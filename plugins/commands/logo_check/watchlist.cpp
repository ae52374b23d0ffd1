#include "watchlist.hpp"

#include <fmt/format.h>

#include "watchlist_file/watchlist_file.hpp"

namespace earshot::logo_check {

std::vector<logo::WatchedLogos> read_file(const std::filesystem::path& path) {
  using watchlist_file::texts_of;
  std::vector<logo::WatchedLogos> items;
  watchlist_file::each_item(path, "logos", [&](const YAML::Node& id, const YAML::Node& node) {
    if (!node["logos"]) return;
    logo::WatchedLogos item;
    item.id = id.as<std::string>("");
    item.names = texts_of(node["names"]), item.files = texts_of(node["logos"]);
    if (node["logo_threshold"]) item.threshold = node["logo_threshold"].as<double>();
    if (item.files.size() > logo::kMostPictures)
      throw invalid(fmt::format("'{}' has {} logos, more than {}: keep those that differ most", item.id,
                                item.files.size(), logo::kMostPictures));
    if (!item.files.empty()) items.push_back(std::move(item));
  });
  if (items.empty())
    throw invalid(
        fmt::format("'{}' has no watch item with logos: write {{id: acme, logos: [acme.png]}}", path.string()));
  return items;
}

}  // namespace earshot::logo_check
