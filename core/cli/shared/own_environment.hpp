// own_environment.hpp: an Environment that owns its parts, for a verb that runs components of a catalog. The catalog
// has to outlive it. Main thread.
#pragma once

#include "runtime/environment.hpp"

namespace earshot::host {

struct OwnEnvironment {
  OwnEnvironment(const LogOptions& log_options, Catalog& catalog)
      : log(log_options),
        all{log,
            meters,
            health,
            taps,
            system_now,
            [&catalog](const Found& found) -> const ear_component& { return catalog.load(found); },
            [&catalog](std::string_view id) { return catalog.find_service(id); }} {}
  OwnEnvironment(const OwnEnvironment&) = delete;
  OwnEnvironment& operator=(const OwnEnvironment&) = delete;

  Log log;
  Meters meters;
  Health health;
  TapHub taps;
  Environment all;
};

}  // namespace earshot::host
