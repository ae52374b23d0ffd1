// address.hpp: which addresses a URL from outside may lead to. A free function, any thread.
#pragma once

#include <sys/socket.h>

namespace earshot::http {

// An address of the public internet: none that is private, loopback, link-local, shared, multicast, reserved or for
// documentation, also not in the IPv6 forms that hold an IPv4 address.
bool is_public(const sockaddr& address);

}  // namespace earshot::http
