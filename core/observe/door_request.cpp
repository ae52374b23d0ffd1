#include "observe/door_request.hpp"

#include <arpa/inet.h>
#include <fmt/core.h>
#include <strings.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/error.hpp"

namespace earshot::host {
namespace {

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
}

bool is_address(const std::string& host) {
  unsigned char bytes[sizeof(in6_addr)];
  return ::inet_pton(AF_INET, host.c_str(), bytes) == 1 || ::inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

// "host", "host:port", "[address]:port"; false: none of them.
bool split(std::string_view text, std::string& host, std::string_view& port) {
  port = {};
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == text.npos) return false;
    host = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    if (text.empty()) return true;
    if (text[0] != ':') return false;
    port = text.substr(1);
    return true;
  }
  const auto colon = text.find(':');
  host = text.substr(0, colon);
  if (colon != text.npos) port = text.substr(colon + 1);
  return port.find(':') == port.npos;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      unsigned char byte = 0;
      if (i + 2 >= text.size()) return {};
      const char* end = text.data() + i + 3;
      if (std::from_chars(text.data() + i + 1, end, byte, 16).ptr != end) return {};
      out += static_cast<char>(byte);
      i += 2;
    }
  }
  return out;
}

}  // namespace

Listen read_listen(std::string_view text) {
  const auto refuse = [&] {
    return Failure(
        fmt::format("'{}' is no address to listen on. Write host:port, as 127.0.0.1:9100; port 0 lets the "
                    "system choose one.",
                    text));
  };
  Listen out;
  std::string host;
  std::string_view port;
  if (!split(text, host, port)) throw refuse();
  if (port.empty())
    port = host;
  else if (!host.empty())
    out.host = host;
  if (port.empty()) throw refuse();
  const auto read = std::from_chars(port.data(), port.data() + port.size(), out.port);
  if (read.ec != std::errc{} || read.ptr != port.data() + port.size()) throw refuse();
  return out;
}

std::string Query::get(std::string_view name) const {
  const auto it = parameters.find(name);
  return it == parameters.end() ? std::string() : it->second;
}

std::optional<Query> read_target(std::string_view target) {
  if (!target.starts_with('/')) return {};
  const auto question = target.find('?');
  auto path = percent_decoded(target.substr(0, question));
  if (!path) return {};
  Query out{std::move(*path), {}};
  std::string_view rest = question == target.npos ? std::string_view() : target.substr(question + 1);
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    const auto equals = one.find('=');
    auto name = percent_decoded(one.substr(0, equals));
    auto value = percent_decoded(equals == one.npos ? std::string_view() : one.substr(equals + 1));
    if (!name || !value) return {};
    out.parameters.insert_or_assign(std::move(*name), std::move(*value));
  }
  return out;
}

bool host_allowed(std::string_view host, std::string_view configured) {
  std::string name;
  std::string_view port;
  if (!split(host, name, port) || name.empty()) return false;
  return same(name, "localhost") || is_address(name) || same(name, configured);
}

}  // namespace earshot::host
