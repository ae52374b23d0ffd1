// links.hpp: addresses of posts and links in their texts, compared by host and path. Free functions; any thread.
#pragma once

#include <string_view>

#include "earshot/types.hpp"

namespace earshot::query {

// Is the address on that site, or on one below it? "acme.com" has www.acme.com and news.acme.com, not notacme.com;
// a path after the host must be the path's beginning. The site is in lower case; * and ? may stand in it.
bool is_on_site(std::string_view url, std::string_view site);

// Does the text contain the value? With * or ? in it, anywhere between.
bool contains(std::string_view text, std::string_view value);

// Has a text or a media of the post a link to that site; without a dot in it: one that contains the value; empty: any?
bool has_link(const Post& post, std::string_view value);

}  // namespace earshot::query
