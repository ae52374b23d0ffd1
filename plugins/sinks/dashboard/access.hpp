// access.hpp: who may look and act. Constant once made; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/request.hpp"
#include "web/response.hpp"

namespace earshot::dashboard {

class Access {
 public:
  // An empty token lets everybody in who reaches the port: the loopback's users.
  explicit Access(std::string_view token);

  // Nothing: go on. Else why not: 401 without the token, and 403 where another site's page sent the request
  // (cross-site request forgery: a POST must come from a page of this server, or bear the token itself).
  std::optional<web::Response> refuse(const web::Request& request) const;

  // The page of the token, and what its form brings: a cookie for this browser.
  web::Response sign_in(const web::Request& request) const;

  bool is_open() const { return token_.empty(); }

 private:
  bool knows(const web::Request& request, bool& by_header) const;

  std::string token_;
  std::string session_;  // what the cookie holds: a keyed hash of the token, so that the token itself stays here
};

}  // namespace earshot::dashboard
