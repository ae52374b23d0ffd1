// queries.hpp: the queries of docs/query.md behind the figures of a report. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "calendar/period.hpp"
#include "figures/types.hpp"

namespace earshot::report {

// A value behind a field's ':', in quotes where it needs them.
std::string value_of(std::string_view text);

// published:2026-05-04..2026-05-10, or with times where the period is not one of days in UTC.
std::string published(const calendar::Period& period);

// Posts that mention the watch item (empty: all), narrowed by `extra` and by the query of the report, in the period.
std::string query_of(std::string_view item, std::string_view extra, std::string_view narrowed,
                     const calendar::Period& period);

// What in `extra` stands for a value of a list; empty where the language has no word for it.
std::string term_of(figures::By by, std::string_view item, std::string_view value);

// earshot search 'QUERY' --store PATH, as a shell takes it.
std::string command_of(std::string_view query, std::string_view store);

}  // namespace earshot::report
