// asked.hpp: the dashboard's site over a store of a test's own, asked without a network. One thread.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "../store/filled.hpp"
#include "site.hpp"

namespace earshot::testing {

class Asked {
 public:
  explicit Asked(const std::function<void(SinkHarness&)>& fill, std::string_view token = {}) : filled(fill) {
    std::filesystem::create_directories(media);
    site.emplace(readers, dashboard::ApiSettings{"acme-watch", "UTC", filled.folder / "lists", media}, token,
                 dashboard::AlertsApi(state, [this] { return now; }));
  }

  web::Response ask(std::string_view target, std::string_view method = "GET",
                    std::map<std::string, std::string, std::less<>> fields = {}, std::string body = {}) {
    auto request = web::read_target(target);
    if (!request) throw std::runtime_error("no target: " + std::string(target));
    request->method = method, request->fields = std::move(fields), request->body = std::move(body);
    request->fields.try_emplace("host", "localhost");
    return site->answer(*request);
  }
  boost::json::value json(std::string_view target) {
    const web::Response answer = ask(target);
    if (answer.status != 200) throw std::runtime_error(answer.body);
    return boost::json::parse(answer.body);
  }

  Filled filled;
  std::string state = filled.folder / "state", media = filled.folder / "media";
  ear_time now = 1'767'225'600'000'000'000;
  dashboard::Readers readers{filled.path, filled.table()};
  std::optional<dashboard::Site> site;
};

}  // namespace earshot::testing
