// summary.hpp: an alert in one sentence, and how bad it is. Free functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "earshot/types.hpp"

namespace earshot::spike {

// "on 2026-03-14", "from 2026-03-14 08:00 to 23:00", "from 2026-03-14 22:00 to 2026-03-15 06:00" (UTC)
std::string period(ear_time from, ear_time to);

// "acme: 143 mentions on 2026-03-14, 31 expected (18 to 46)"
std::string summary(std::string_view subject, std::string_view kind, std::string_view when, const ear_alert& figures);

// 1..10: 3 where the threshold was just reached, 2 more each time the evidence doubles.
std::uint32_t severity(double evidence, double threshold);

}  // namespace earshot::spike
