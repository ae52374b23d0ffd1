#include "plugin/tables.hpp"

#include <catch2/catch.hpp>
#include <cstddef>

#include "modules/module.h"

using earshot::host::Tables;

namespace {

ear_status advance(void*, ear_time, const ear_detector_out*, ear_error*) {
  return EAR_OK;
}

void other_destroy(void*) {}

}  // namespace

TEST_CASE("Shorter tables get the host's length, and calls that they end before are NULL") {
  // What lies behind the end of a short table is somebody else's.
  const ear_detector detector{offsetof(ear_detector, advance), 0, detect, advance, nullptr};
  ear_component component{};
  component.size = offsetof(ear_component, start);
  component.kind = EAR_DETECTOR;
  component.name = "short";
  component.detector = &detector;
  component.create = create;
  component.destroy = destroy;
  component.stop = [](void*, ear_error*) { return ear_status{EAR_INTERNAL}; };
  const ear_component* const components[] = {&component, nullptr};
  const ear_module module{sizeof module, EAR_ABI(1, 0), "x", "1.0.0", "x", "x", "x", components};
  const Tables tables(module);
  const ear_component* found = tables.find(EAR_DETECTOR, "short");
  REQUIRE(found != nullptr);
  CHECK(found->size == sizeof(ear_component));
  CHECK(found->create == create);
  CHECK(found->stop == nullptr);
  CHECK(found->detector->detect == detect);
  CHECK(found->detector->advance == nullptr);
}

TEST_CASE("Longer tables of a newer release are read as far as the host knows them") {
  struct Newer {
    ear_component known;
    void (*unknown)();
  } newer{};
  const ear_detector detector{sizeof detector, 0, detect, nullptr, nullptr};
  newer.known.size = sizeof newer;
  newer.known.kind = EAR_DETECTOR;
  newer.known.name = "long";
  newer.known.detector = &detector;
  newer.known.destroy = other_destroy;
  const ear_component* const components[] = {&newer.known, nullptr};
  const ear_module module{sizeof module, EAR_ABI(1, 0), "x", "1.0.0", "x", "x", "x", components};
  const Tables tables(module);
  REQUIRE(tables.find(EAR_DETECTOR, "long") != nullptr);
  CHECK(tables.find(EAR_DETECTOR, "long")->size == sizeof(ear_component));
  CHECK(tables.find(EAR_DETECTOR, "long")->destroy == other_destroy);
  CHECK(tables.find(EAR_SINK, "long") == nullptr);
  CHECK(tables.find(EAR_DETECTOR, "lon") == nullptr);
}
