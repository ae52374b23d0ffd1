// environment.hpp: what a pipeline runs in: everything that a test may want to replace. Made before the pipeline,
// outlives it; each part has its own thread rule.
#pragma once

#include <functional>

#include "earshot/abi.h"
#include "observe/health.hpp"
#include "observe/log.hpp"
#include "observe/meters.hpp"
#include "observe/tap.hpp"
#include "plugin/catalog.hpp"

namespace earshot::host {

struct Environment {
  Log& log;
  Meters& meters;
  Health& health;
  TapHub& taps;
  std::function<ear_time()> now;                           // [any] the only clock that components see
  std::function<const ear_component&(const Found&)> load;  // [main] a component's table; throws Failure
  std::function<Found(std::string_view id)> find_service;  // [main] who offers it
};

ear_time system_now();

}  // namespace earshot::host
