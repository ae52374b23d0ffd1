// links.hpp: the links and hashtags of a text, as they are counted. Free functions; any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "store/fact.hpp"

namespace earshot::store {

// Calls use(TermKind::link, "https://acme.com/a") and use(TermKind::hashtag, "acme"). Of a link scheme and host are in
// lower case, and what is behind a '#' is left out; a hashtag is in lower case where it is ASCII.
void for_each_link(std::string_view text, const std::function<void(TermKind, std::string)>& use);

}  // namespace earshot::store
