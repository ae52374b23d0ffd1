// period.hpp: which period a report is of, and what it is compared with. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "earshot/host.hpp"
#include "report/content.hpp"

namespace earshot::report {

// `wanted` is day, week, month or FROM..TO. The first three mean the last that was over at `now`; where the store ends
// before that, the last one that has posts. Sets period, before, step, and the words for before.
void set_period(Request& to, std::string_view wanted, std::int64_t now, const figures::State& state);

// What of the pipeline a report tells: watch items with their names, its name, and a hash of its configuration.
void set_pipeline(Request& to, const Host& host);

}  // namespace earshot::report
