// schema.hpp: the JSON Schema (draft 2020-12) of a pipeline file, made from the plugins found. Pure function.
#pragma once

#include <string>

#include "plugin/catalog.hpp"

namespace earshot::host {

// Each component's options depend on its `plugin:`. Wherever a leaf stands, ${…} may stand too.
std::string pipeline_schema(Components& components);

}  // namespace earshot::host
