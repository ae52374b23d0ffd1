// door_request.hpp: reads what comes to the door: its own address, the target of a request, its Host. Pure functions;
// the text is hostile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "observe/door.hpp"

namespace earshot::host {

struct Listen {
  std::string host = "127.0.0.1";  // without brackets
  std::uint16_t port = 0;
};

// host:port, [address]:port or port. Throws Failure.
Listen read_listen(std::string_view text);

// Path and parameters, percent-decoded. Nothing: it cannot be read.
std::optional<Query> read_target(std::string_view target);

// A page elsewhere can make a browser send requests here under a name of its own (DNS rebinding). So a request must
// name this door as localhost, as an address, or as the `configured` host.
bool host_allowed(std::string_view host, std::string_view configured);

}  // namespace earshot::host
