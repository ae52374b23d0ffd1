// typed.hpp: nodes of a config as values of the type that a schema names, and keys checked against it. One thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.hpp"
#include "config/node.hpp"
#include "config/report.hpp"
#include "plugin/descriptor.hpp"

namespace earshot::host {

// What is the same for a whole config while it is typed.
struct Typing {
  FaultReport& report;
  std::map<std::string, std::string>& secrets;  // by the path of the option, which is the value's text
};

// The node as a value of `option`; marks it as secret where it is, and hides its lines. Nothing: reported.
std::optional<Value> typed(const OptionSchema& option, YamlNode& node, const std::string& path, Typing& typing);

// A node of which no schema says anything: an item of the watchlist, a post of a test. A text without quotes that
// reads as a number or as true or false is one.
Value free_value(const YamlNode& node);

// A text as a query, with the folder of the file that it stands in.
Value query_value(const YamlNode& node, const FaultReport& report);

// Reports each key of the map that `known` does not have, with the nearest that it does.
void check_keys(const YamlNode& map, const std::vector<std::string>& known, const std::string& path,
                std::string_view owner, FaultReport& report);

// Is the node of this kind? Reports otherwise: "is a list; expected a map".
bool expect(const YamlNode& node, YamlNode::Kind kind, const std::string& path, FaultReport& report,
            std::string_view help = {});

// The id of a component or watch item: lower case letters, digits, '_' and '-', at most 64.
bool is_id(std::string_view text);

// "an integer"
std::string a_type(std::uint32_t type);

// "sources.feeds"; of a very long key the beginning.
std::string joined(const std::string& path, std::string_view key);

}  // namespace earshot::host
