// address.hpp: where a server listens, and by which names it may be called. Values and free functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::web {

struct Address {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  // 0: the system chooses

  bool is_loopback() const;
  std::string text() const;  // "127.0.0.1:8080", "[::1]:8080"
};

// "host:port", "[address]:port" or a port alone, which means the loopback. Throws std::invalid_argument, which says
// what is expected.
Address read_address(std::string_view text);

// Whether a request that names `host` (the field Host) is meant for this server: it is called localhost, an address,
// by the name that it listens on, or by one of `names`. Pages elsewhere whose name was pointed here (DNS rebinding)
// are refused so.
bool is_called(std::string_view host, const Address& listening, const std::vector<std::string>& names);

}  // namespace earshot::web
