// listing.hpp: alerts as text for a terminal and as JSON. Everything from outside is shown harmless. Free functions.
#pragma once

#include <string>
#include <vector>

#include "alert_book/book.hpp"
#include "delivery/calendar.hpp"

namespace earshot::alerts {

struct Shown {
  const alert_book::Book& book;
  const delivery::Zone& zone;
  ear_time now;
};

// A block of lines for each alert: what it is, its state, and what holds it back on which channel.
std::string list_text(const Shown& shown, const std::vector<alert_book::Alert>& alerts);
// All that is known about one.
std::string alert_text(const Shown& shown, const alert_book::Alert& alert);
std::string mutes_text(const Shown& shown);
std::string channels_text(const Shown& shown);

// One object on a line; `all` with messages and log.
std::string alert_json(const Shown& shown, const alert_book::Alert& alert, bool all);

}  // namespace earshot::alerts
