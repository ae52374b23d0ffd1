// chart.hpp: a small picture of what was observed beside what was expected, as PNG: mail programs show that everywhere,
// and SVG in few. Without text, so without fonts; the text beside it says the numbers. A free function; any thread.
#pragma once

#include <string>

#include "alert_book/alert.hpp"

namespace earshot::email {

struct Size {
  int width = 0, height = 0;
};
inline constexpr Size kChart{480, 64};

// Empty where there is nothing to draw.
std::string chart_png(const alert_book::Alert& alert);

}  // namespace earshot::email
