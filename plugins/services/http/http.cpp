// http: offers "earshot.http/1": requests for all components that speak to the world, over one set of connections.
#include <optional>

#include <earshot/services/http.h>
#include <earshot/service.hpp>

#include "http/exchange.hpp"

namespace {

struct HttpOptions {
  std::string user_agent;
  std::optional<std::filesystem::path> ca_file;
  std::optional<earshot::Url> proxy;

  static constexpr auto schema() {
    using earshot::option;
    using O = HttpOptions;
    return earshot::schema(
        option<&O::user_agent>("user_agent", "How requests name themselves", {.fallback = "Earshot/0.1"}),
        option<&O::ca_file>("ca_file", "Certificates to trust besides those of the system, as PEM",
                            {.example = "/etc/ssl/own-ca.pem"}),
        option<&O::proxy>("proxy", "A proxy for all requests; that of the environment is not used",
                          {.example = "http://proxy.example.org:3128"}));
  }
};

class HttpService : public earshot::Service<HttpOptions> {
 public:
  static constexpr earshot::Info info{"http", "Requests over HTTP(S) for other plugins"};
  static constexpr const char* offers[] = {EAR_HTTP_1, nullptr};

  void start() {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw earshot::Error(EAR_INTERNAL, "libcurl cannot start");
    settings_ = {options().user_agent, options().ca_file ? options().ca_file->string() : "",
                 options().proxy ? options().proxy->text : ""};
    if (!settings_.ca_file.empty() && !std::filesystem::exists(settings_.ca_file))
      throw earshot::invalid("there is no file '" + settings_.ca_file + "'").at_option("ca_file");
  }

  const void* table(std::string_view id) { return id == EAR_HTTP_1 ? &table_ : nullptr; }

 private:
  static ear_status request(void* ctx, const ear_http_request* request,
                            void (*answer)(void* user, const ear_http_response* response), void* user,
                            ear_error* error) noexcept {
    return earshot::detail::guarded(error, [&] {
      auto& self = *static_cast<HttpService*>(ctx);
      const earshot::http::Answer got =
          exchange(self.pool_, self.settings_, *request, self.host().raw().now(self.host().raw().ctx));
      std::vector<ear_http_header> headers;
      for (const auto& [name, value] : got.headers) headers.push_back({earshot::str(name), earshot::str(value)});
      ear_http_response response{};
      response.size = sizeof response;
      response.status = static_cast<std::uint32_t>(got.status);
      response.headers = headers.data(), response.header_count = static_cast<std::uint32_t>(headers.size());
      response.body = earshot::bytes(got.body), response.url = earshot::str(got.url);
      response.retry_after = got.retry_after;
      answer(user, &response);
      return ear_status{EAR_OK};
    });
  }

  earshot::http::Settings settings_;
  earshot::http::Pool pool_;
  const ear_http_1 table_{sizeof(ear_http_1), 0, this, request};  // others call by it while one more asks for it
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.http", "1.0.0", "Earshot", "Apache-2.0", "Requests over HTTP(S)", HttpService)
