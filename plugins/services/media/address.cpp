#include "media/address.hpp"

#include <algorithm>

namespace earshot::media {
namespace {

bool is_one_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

constexpr std::string_view kDigits = "0123456789", kHost = "abcdefghijklmnopqrstuvwxyz0123456789.-_",
                           kIpv6 = "0123456789abcdef:.";

std::size_t end_of_authority(std::string_view url) {
  const std::size_t begin = url.find("//");
  return begin == std::string_view::npos ? begin : std::min(url.find_first_of("/?#", begin + 2), url.size());
}

}  // namespace

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return out;
}

std::optional<Address> read_address(std::string_view url) {
  if (std::any_of(url.begin(), url.end(), [](char c) { return (c >= 0 && c <= 0x20) || c == 0x7F || c == '\\'; }))
    return std::nullopt;
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  Address address{lowered(url.substr(0, colon)), {}, {}};
  if (address.scheme != "http" && address.scheme != "https") return std::nullopt;
  const std::string authority = lowered(url.substr(colon + 3, end_of_authority(url) - colon - 3));
  std::string_view rest;
  if (authority.starts_with('[')) {
    const std::size_t close = authority.find(']');
    if (close == std::string::npos || !is_one_of(std::string_view(authority).substr(1, close - 1), kIpv6))
      return std::nullopt;
    address.host = authority.substr(0, close + 1), rest = std::string_view(authority).substr(close + 1);
  } else {
    const std::size_t end = std::min(authority.find(':'), authority.size());
    address.host = authority.substr(0, end), rest = std::string_view(authority).substr(end);
    if (address.host.empty() || !is_one_of(address.host, kHost)) {
      // A name in letters of other scripts is no trusted one, but may be asked for: curl knows how.
      const bool foreign = std::any_of(address.host.begin(), address.host.end(), [](char c) { return c < 0; });
      const bool rest_fine = std::all_of(address.host.begin(), address.host.end(),
                                         [](char c) { return c < 0 || kHost.find(c) != std::string_view::npos; });
      if (!foreign || !rest_fine) return std::nullopt;
    }
  }
  if (!rest.empty()) {
    if (rest[0] != ':' || !is_one_of(rest.substr(1), kDigits)) return std::nullopt;
    address.port = rest.substr(1);
  }
  return address;
}

bool names(std::string_view allowed, const Address& address) {
  const std::string low = lowered(allowed);
  return low == address.host || (!address.port.empty() && low == address.host + ":" + address.port);
}

std::string resolved(std::string_view url, std::string_view location) {
  const std::size_t colon = location.find(':');
  if (colon != std::string_view::npos && colon < location.find_first_of("/?#")) return std::string(location);
  const std::string_view base = url.substr(0, std::min(url.find('#'), url.size()));
  const std::size_t authority = std::min(end_of_authority(base), base.size());
  if (location.starts_with("//")) return std::string(base.substr(0, base.find("//"))).append(location);
  if (location.starts_with('/')) return std::string(base.substr(0, authority)).append(location);
  const std::string_view path = base.substr(0, std::min(base.find('?'), base.size()));
  if (location.starts_with('?')) return std::string(path).append(location);
  if (location.empty() || location.starts_with('#')) return std::string(base);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos || slash < authority)
    return std::string(base.substr(0, authority)).append("/").append(location);
  return std::string(path.substr(0, slash + 1)).append(location);
}

}  // namespace earshot::media
