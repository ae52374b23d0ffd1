// tables.hpp: the tables of a loaded plugin as this host's release knows them. A value; the plugin stays loaded.
#pragma once

#include <cstdint>
#include <deque>
#include <string_view>

#include "earshot/abi.h"

namespace earshot::host {

// A plugin of an older release has shorter tables, one of a newer release longer ones. Here each has this host's
// length, and calls that the plugin's release did not have are NULL: nobody behind this has to ask with EAR_HAS.
class Tables {
 public:
  explicit Tables(const ear_module& module);  // which read_descriptor has checked
  Tables(const Tables&) = delete;
  Tables& operator=(const Tables&) = delete;

  // nullptr where there is none. `options` are the plugin's own: to be walked by option_stride.
  const ear_component* find(std::uint32_t kind, std::string_view name) const;

 private:
  struct Whole {
    ear_component component;
    ear_source source;
    ear_detector detector;
    ear_sink sink;
    ear_service service;
    ear_command command;
  };
  std::deque<Whole> all_;  // at addresses that stay
};

}  // namespace earshot::host
