// keys.hpp: the keys of a pipeline file that are not a plugin's: their types, defaults and docs, from which they are
// read and from which the JSON Schema is made. Constant.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/descriptor.hpp"

namespace earshot::host {

// One section of components.
struct Section {
  std::string_view name;  // sources
  std::uint32_t kind;     // EAR_SOURCE
};
inline constexpr Section kSections[] = {
    {"services", EAR_SERVICE}, {"sources", EAR_SOURCE}, {"detectors", EAR_DETECTOR}, {"sinks", EAR_SINK}};

// pipeline, state, checkpoint …
const std::vector<OptionSchema>& pipeline_keys();

// What a component of `kind` has beside the options of its plugin: deadline, lateness … but `plugin` and `from`.
const std::vector<OptionSchema>& component_keys(std::uint32_t kind);

// Does it read from others?
constexpr bool has_from(std::uint32_t kind) {
  return kind == EAR_DETECTOR || kind == EAR_SINK;
}

}  // namespace earshot::host
