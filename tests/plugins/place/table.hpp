// table.hpp: places as people declare them, and the country that a reader would say; empty where none can be said.
#pragma once

#include <span>
#include <string_view>

struct DeclaredPlace {
  std::string_view written, country;
};

std::span<const DeclaredPlace> declared_places();
