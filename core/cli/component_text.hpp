// component_text.hpp: what a plugin says of a component, for people, for docs and for scripts. Pure functions.
#pragma once

#include <string>

#include "plugin/catalog.hpp"

namespace earshot::host {

// The type with its bounds and choices: "integer, 1 to 19", "choice of fast, exact".
std::string type_text(const OptionSchema& option);

std::string component_text(const Found& found, bool colour);
// The table of options as it stands in the plugin's README.
std::string component_markdown(const ComponentSchema& component);
std::string component_json(const Found& found);
// The component's part of a pipeline, with what is required and what has an example.
std::string component_example(const ComponentSchema& component);

}  // namespace earshot::host
