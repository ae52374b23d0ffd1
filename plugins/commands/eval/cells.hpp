// cells.hpp: from a task's counts to its measures, without intervals. Free function; any thread.
#pragma once

#include "measures.hpp"
#include "task.hpp"

namespace earshot::eval {

std::vector<Measure> measures_of(const Task& task, std::span<const double> cells);

// Expected calibration error over ten bins of equal width (Naeini et al. 2015).
double calibration_error(const std::vector<std::pair<double, bool>>& told);

}  // namespace earshot::eval
