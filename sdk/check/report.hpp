// report.hpp: results for people and for scripts. Pure functions.
#pragma once

#include "check/run.hpp"

namespace earshot::check {

// "FAIL  detector/loudness  rechunk-invariant", the reason, and the line of abi.h that asks for it.
std::string line(const Result& result, bool colour);
// {"plugin":…,"seed":…,"failed":…,"results":[{"rule":…,"outcome":…}]}
std::string json(const Request& request, const std::vector<Result>& results);
std::string list(bool as_json);

}  // namespace earshot::check
