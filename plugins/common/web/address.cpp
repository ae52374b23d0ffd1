#include "web/address.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <strings.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>

namespace earshot::web {
namespace {

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
}

bool is_address(const std::string& host) {
  unsigned char bytes[sizeof(in6_addr)];
  return ::inet_pton(AF_INET, host.c_str(), bytes) == 1 || ::inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

struct Parts {
  std::string host;
  std::string_view port;
};

// "host", "host:port", "[address]", "[address]:port"
std::optional<Parts> split(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == text.npos) return {};
    const std::string_view rest = text.substr(end + 1);
    if (!rest.empty() && rest[0] != ':') return {};
    return Parts{std::string(text.substr(1, end - 1)), rest.empty() ? rest : rest.substr(1)};
  }
  const std::size_t colon = text.find(':');
  const std::string_view port = colon == text.npos ? std::string_view() : text.substr(colon + 1);
  if (port.find(':') != port.npos) return {};
  return Parts{std::string(text.substr(0, colon)), port};
}

}  // namespace

bool Address::is_loopback() const {
  return same(host, "localhost") || host.starts_with("127.") || host == "::1";
}

std::string Address::text() const {
  return (host.find(':') == host.npos ? host : "[" + host + "]") + ":" + std::to_string(port);
}

Address read_address(std::string_view text) {
  Address out;
  auto parts = split(text);
  if (parts && parts->port.empty()) parts->port = text;  // a port alone
  const auto number = [&](std::string_view digits) {
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
    return !digits.empty() && read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
  };
  if (!parts || !number(parts->port))
    throw std::invalid_argument(
        "this is no address to listen on: write host:port, as 127.0.0.1:8080; port 0 lets the system choose one");
  if (parts->port.size() < text.size() && !parts->host.empty()) out.host = parts->host;
  return out;
}

bool is_called(std::string_view host, const Address& listening, const std::vector<std::string>& names) {
  const auto parts = split(host);
  if (!parts || parts->host.empty()) return false;
  const auto is = [&](std::string_view name) { return same(parts->host, name); };
  return is("localhost") || is_address(parts->host) || is(listening.host) ||
         std::any_of(names.begin(), names.end(), is);
}

}  // namespace earshot::web
