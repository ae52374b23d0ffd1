// address.hpp: what the service has to know of a URL before it asks for it. Values and free functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace earshot::media {

struct Address {
  std::string scheme;  // http or https
  std::string host;    // in small letters; of letters, digits, dots, hyphens, and what IPv6 needs
  std::string port;    // as written; empty: the usual one
};

// In small letters, as names of hosts and headers are compared: those of ASCII alone change.
std::string lowered(std::string_view text);

// Nothing where another program might read another host in it: with a user's name, a backslash, blanks, escapes in the
// host; or where it is none of http and https.
std::optional<Address> read_address(std::string_view url);

// "cdn.example", "127.0.0.1:8080": does `allowed` name that host? Without a port: whichever.
bool names(std::string_view allowed, const Address& address);

// Where `location` leads from `url` (RFC 3986, 5.2, without taking "." and ".." out).
std::string resolved(std::string_view url, std::string_view location);

}  // namespace earshot::media
