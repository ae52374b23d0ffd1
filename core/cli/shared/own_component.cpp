#include "cli/shared/own_component.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "config/option_value.hpp"

namespace earshot::host {

ComponentPlan own_component(Catalog& catalog, std::uint32_t kind, const std::string& plugin, std::string id,
                            const std::map<std::string, std::string>& given) {
  ComponentPlan out;
  out.kind = kind, out.id = std::move(id), out.plugin = plugin;
  out.found = catalog.find(kind, plugin);
  if (!out.found) throw Failure(fmt::format("the plugin '{}' is needed and is not there", plugin));
  for (const OptionSchema& option : out.found.component->options) {
    std::string complaint;
    const auto text = given.find(option.name);
    std::optional<Value> value =
        text == given.end() ? option_default(option, complaint) : option_value(option, text->second, complaint);
    if (!value)
      throw Failure(
          fmt::format("{} of {}: '{}' {}", option.name, plugin, text == given.end() ? "" : text->second, complaint));
    out.values.push_back(std::move(*value));
  }
  return out;
}

}  // namespace earshot::host
