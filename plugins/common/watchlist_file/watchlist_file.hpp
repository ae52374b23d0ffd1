// watchlist_file.hpp: the watch items of a YAML file, for commands that are given it by name. Free functions; any
// thread.
#pragma once

#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace earshot::watchlist_file {

// A text, or each of a list; nothing else.
std::vector<std::string> texts_of(const YAML::Node& node);

// Calls use(id, item) for each item of a list of watch items, or of a pipeline that has one under `watchlist`. `key` is
// what an item has: a map under `watchlist` that has it itself is an item of that id. `id` may be undefined: then
// as<std::string>() of it is a fault as any other of the file. Throws Error.
void each_item(const std::filesystem::path& path, const char* key,
               const std::function<void(const YAML::Node& id, const YAML::Node& item)>& use);

}  // namespace earshot::watchlist_file
