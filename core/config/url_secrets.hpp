// url_secrets.hpp: what of a URL nobody may see: the password before its host, and what keys and tokens in its query
// hold. A pure function.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace earshot::host {

// As they stand in the URL, nothing decoded; empty ones are left out.
std::vector<std::string> secrets_of_url(std::string_view url);

}  // namespace earshot::host
