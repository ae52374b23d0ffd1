// assets.hpp: the files of the page, put into the plugin by the build. Free functions; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "web/response.hpp"

namespace earshot::dashboard {

// Nothing: there is no such file.
std::optional<web::Response> asset(std::string_view path);

}  // namespace earshot::dashboard
