// settings.hpp: what a store says of itself: how long things are kept, and by which key authors have pseudonyms. Free
// functions, for the thread of the connection.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/database.hpp"

namespace earshot::store {

std::optional<std::string> setting(const Database& database, std::string_view name);
void set_setting(const Database& database, std::string_view name, std::string_view value);

}  // namespace earshot::store
