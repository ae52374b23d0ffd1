// seen.hpp: what looking into a plugin file gave, as one line of JSON: the answer of a probe, and what the cache keeps.
// The JSON may come from a process in which a plugin runs, so nothing in it is trusted. Values.
#pragma once

#include <string>
#include <string_view>

#include "plugin/descriptor.hpp"

namespace earshot::host {

struct Seen {
  ModuleSchema module;
  std::string fault;  // why the file cannot be used; then `module` is empty

  bool operator==(const Seen&) const = default;
};

std::string to_json(const Seen& seen);  // without a newline

// Throws Failure where it is not what to_json writes, or the module breaks a rule of check_schema.
Seen seen_from_json(std::string_view json);

}  // namespace earshot::host
