// descriptor.hpp: what a plugin says of itself, as values of the host's own: read from the tables of a loaded plugin
// or from the cache of what a probe saw. Values; safe to share once made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/abi.h"

namespace earshot::host {

struct OptionSchema {
  std::string name, doc;
  std::uint32_t type = EAR_TEXT;                 // EAR_TEXT …
  std::uint32_t element = 0;                     // of lists and maps
  std::uint32_t flags = 0;                       // EAR_OPTION_REQUIRED …
  std::optional<std::string> fallback, example;  // YAML
  double min = 0, max = 0;                       // both 0: no bounds
  std::vector<std::string> choices;

  bool operator==(const OptionSchema&) const = default;
};

struct ComponentSchema {
  std::uint32_t kind = 0;  // EAR_SOURCE …
  std::uint32_t flags = 0;
  std::uint32_t state_version = 0;
  std::string name, summary;
  std::vector<OptionSchema> options;
  std::vector<std::string> offers;  // of a service
  std::string usage, examples;      // of a command

  bool operator==(const ComponentSchema&) const = default;
};

struct ModuleSchema {
  std::uint32_t abi = 0;
  std::string id, version, vendor, licence, summary;
  std::vector<ComponentSchema> components;

  bool operator==(const ModuleSchema&) const = default;
};

// "source", "detector" …; "component" for an unknown one.
std::string_view kind_name(std::uint32_t kind);
// "text", "duration" …: the word that messages and docs use.
std::string_view type_name(std::uint32_t type);

// Reads the tables of a loaded plugin. Everything in them is checked: versions, sizes, required calls, names, types,
// bounds. Throws Failure naming the first rule that they break.
ModuleSchema read_descriptor(const ear_module& module);

// The rules for what stands in a schema, wherever it comes from: names, types, flags, bounds, lengths. Throws Failure
// naming the first rule that is broken.
void check_schema(const ModuleSchema& module);

// Longest texts, in bytes. Read no further than one byte beyond.
struct Longest {
  static constexpr std::size_t kName = 64, kId = 128, kLine = 512, kDoc = 4096;
};
// Most components in a plugin, options of a component, choices of an option, services that one offers.
struct Most {
  static constexpr std::uint32_t kComponents = 64, kOptions = 256, kChoices = 256, kOffers = 32;
};

}  // namespace earshot::host
