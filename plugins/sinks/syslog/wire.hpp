// wire.hpp: how records get to a collector: a datagram or a stream. One thread at a time.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "delivery/channel.hpp"

namespace earshot::syslog {

enum class Transport { unix_socket, udp, tcp, tls };

struct Target {
  Transport transport = Transport::unix_socket;
  std::string path;  // of a Unix socket
  std::string host, port;
  std::string ca_file;  // PEM; empty: the system's
  std::chrono::nanoseconds timeout{std::chrono::seconds{10}};
};
// unix:///dev/log, udp://host:514, tcp://host:601, tls://host:6514. Throws invalid.
Target read_target(const std::string& url);

class Wire {
 public:
  Wire() = default;
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  virtual ~Wire() = default;

  virtual std::size_t most_bytes() const = 0;
  // Throws an Error: EAR_IO, EAR_AUTH (a certificate), EAR_CANCELLED.
  virtual void send(std::string_view record, const delivery::Stopped& stopped) = 0;
};
std::unique_ptr<Wire> make_wire(const Target& target);

}  // namespace earshot::syslog
