// show.hpp: what stands in a row, for people and for scripts. Free functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "earshot/services/store.hpp"

namespace earshot::store {

std::string time_text(const Row& row, std::string_view column);  // 2026-05-01 12:00:00 UTC; "?" where it is not known
std::string json(const Row& row);                                // an object
std::string json(const Rows& rows);                              // a list of objects
std::string json(std::string_view text);                         // a string

}  // namespace earshot::store
