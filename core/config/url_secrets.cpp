#include "config/url_secrets.hpp"

#include <algorithm>

#include "config/report.hpp"

namespace earshot::host {
namespace {

// https://name:password@host, https://token@host. RFC 3986, 3.2.1.
std::string_view password_of(std::string_view url) {
  const std::size_t begin = url.find("://");
  if (begin == std::string_view::npos) return {};
  std::string_view authority = url.substr(begin + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return {};
  const std::string_view user = authority.substr(0, at);
  return user.substr(user.find(':') + 1);  // all of it where there is no colon
}

bool is_key(std::string_view name) {
  constexpr std::string_view kShort[] = {"key", "sig", "signature", "auth", "code", "hash"};
  return sounds_secret(name) || std::find(std::begin(kShort), std::end(kShort), name) != std::end(kShort);
}

}  // namespace

std::vector<std::string> secrets_of_url(std::string_view url) {
  std::vector<std::string> out;
  if (const std::string_view password = password_of(url); !password.empty()) out.emplace_back(password);
  const std::size_t query = url.find('?');
  if (query == std::string_view::npos) return out;
  for (std::string_view rest = url.substr(query + 1); !rest.empty();) {
    const std::string_view field = rest.substr(0, rest.find_first_of("&;#"));
    rest.remove_prefix(std::min(rest.size(), field.size() + 1));
    const std::size_t equals = field.find('=');
    if (equals != std::string_view::npos && equals + 1 < field.size() && is_key(field.substr(0, equals)))
      out.emplace_back(field.substr(equals + 1));
  }
  return out;
}

}  // namespace earshot::host
