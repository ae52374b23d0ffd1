// alerts_api.hpp: the alerts on the page: what they are, what became of them, and what people do with them. Any thread,
// several at once.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "earshot/types.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

namespace earshot::dashboard {

class AlertsApi {
 public:
  // `now`: the host's clock; `audit`: the log of who did what, empty: none.
  AlertsApi(std::string state_folder, std::function<ear_time()> now, std::filesystem::path audit = {})
      : state_folder_(std::move(state_folder)), now_(std::move(now)), audit_(std::move(audit)) {}

  bool is_there() const;  // whether anybody keeps the life of alerts: a pipeline without a `state` folder does not
  // ?state=open|acknowledged|closed&subject&limit
  web::Response list(const web::Request& request) const;
  web::Response show(std::string_view id) const;
  // POST of ack, close, reopen or mute; ?by, ?note, and ?hours for mute
  web::Response act(std::string_view id, std::string_view action, const web::Request& request) const;
  // What a signed link leads to: GET says what it would do and has a button, POST does it.
  web::Response by_link(std::string_view id, std::string_view action, const web::Request& request) const;

 private:
  bool carry_out(std::string_view id, std::string_view action, std::string_view who, std::string_view note,
                 std::int64_t hours) const;
  bool change(std::string_view id, std::string_view action, std::string_view who, std::string_view note,
              std::int64_t hours) const;

  std::string state_folder_;
  std::function<ear_time()> now_;
  std::filesystem::path audit_;
};

}  // namespace earshot::dashboard
