// data_url.hpp: the bytes in a URL of RFC 2397, "data:image/png;base64,…". A free function; any thread.
#pragma once

#include <string>
#include <string_view>

namespace earshot::media {

// Throws `invalid` where it is none, `unsupported` where it holds more than `most` bytes.
std::string data_of(std::string_view url, std::size_t most);

}  // namespace earshot::media
