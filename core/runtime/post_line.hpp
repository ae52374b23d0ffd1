// post_line.hpp: a post as one line of JSON for whoever watches a run or looks at a dead letter: what it is, its texts
// and what was found in it. Free functions, any thread.
#pragma once

#include <string>

#include "earshot/abi.h"

namespace earshot::host {

std::string post_line(const ear_post& post);
std::string alert_line(const ear_alert& alert);
std::string time_text(ear_time time);  // RFC 3339 in UTC, to the second

}  // namespace earshot::host
