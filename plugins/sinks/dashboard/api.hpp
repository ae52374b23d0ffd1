// api.hpp: the questions that the page asks of the store. page/openapi.json describes them. Any thread, several at
// once.
#pragma once

#include <filesystem>
#include <string>

#include "calendar/zone.hpp"
#include "json.hpp"
#include "readers.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

namespace earshot::dashboard {

struct ApiSettings {
  std::string pipeline;
  std::string zone = "UTC";
  std::filesystem::path lists;  // that @list:FILE in a query names
  std::filesystem::path media;  // below which pictures, sound and videos may be shown; empty: none
};

class Api {
 public:
  Api(Readers& readers, ApiSettings settings);

  web::Response state();
  // Volume, voice, perception, lists and gaps of a period: ?from&to&subject&q
  web::Response overview(const web::Request& request);
  // ?from&to&subject&q&by&limit
  web::Response posts(const web::Request& request);
  // One post with its texts, their marks and its findings.
  web::Response post(std::int64_t number);
  // By the name that its platform gives it, for those who saw it come.
  web::Response post(std::string_view platform, std::string_view id);
  // Alerts as detectors said them, where nobody keeps what became of them: ?subject&limit
  web::Response alerts(const web::Request& request);
  web::Response media(const web::Request& request, std::int64_t post, std::int64_t number);

 private:
  struct Asked;
  void add_evidence(json::object& card, Store& store);
  Asked asked(const web::Request& request, figures::Figures& store) const;

  Readers& readers_;
  ApiSettings settings_;
  calendar::Zone zone_;
};

}  // namespace earshot::dashboard
