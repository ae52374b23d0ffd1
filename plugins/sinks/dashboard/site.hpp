// site.hpp: all that the dashboard answers: the page's files, its API, and who may ask. Any thread, several at once.
#pragma once

#include <optional>
#include <string>

#include "access.hpp"
#include "alerts_api.hpp"
#include "api.hpp"
#include "live.hpp"

namespace earshot::dashboard {

class Site {
 public:
  Site(Readers& readers, ApiSettings settings, std::string_view token, AlertsApi alerts)
      : lists_(settings.lists), access_(token), api_(readers, std::move(settings)), alerts_(std::move(alerts)) {}

  web::Response answer(const web::Request& request);
  Live& live() { return live_; }

 private:
  web::Response api(const web::Request& request, std::string_view what);
  web::Response alerts(const web::Request& request, std::string_view rest);
  web::Response post(const web::Request& request, std::string_view rest);
  web::Response follow(const web::Request& request);

  std::filesystem::path lists_;
  Access access_;
  Api api_;
  AlertsApi alerts_;
  Live live_;
};

}  // namespace earshot::dashboard
