// gather.hpp: collects what a report says from a store. A free function, for the thread of the Figures.
#pragma once

#include <functional>

#include "figures/figures.hpp"
#include "report/content.hpp"

namespace earshot::report {

// Of all work, so much is done. False: stop, and cancelled() is thrown.
using Progress = std::function<bool(double)>;

Content gather(figures::Figures& figures, Request request, const Progress& progress = {});

}  // namespace earshot::report
