#include "site.hpp"

#include <charconv>

#include "assets.hpp"
#include "query/fault.hpp"

namespace earshot::dashboard {
namespace {

constexpr std::string_view kApi = "/api/v1/";

// Takes what stands before the next slash off the front.
std::string_view part(std::string_view& rest) {
  const std::size_t slash = rest.find('/');
  const std::string_view out = rest.substr(0, slash);
  rest = slash == rest.npos ? std::string_view() : rest.substr(slash + 1);
  return out;
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return {};
  return value;
}

bool reads(const web::Request& request) {
  return request.method == "GET" || request.method == "HEAD";
}

web::Response no_such_page() {
  return web::refusal(404, "There is no such page. /api/v1/openapi.json describes what there is.");
}

web::Response only(std::string_view methods) {
  web::Response out = web::refusal(405, "This is no way to ask here.");
  out.fields.emplace_back("Allow", methods);
  return out;
}

}  // namespace

web::Response Site::answer(const web::Request& request) {
  if (request.path == "/sign-in") return access_.sign_in(request);
  if (request.path == "/style.css" || request.path == "/icon.svg")
    return *asset(request.path);                                             // the page of the token needs them
  if (std::string_view path = request.path; path.starts_with("/alerts/")) {  // the signature lets in
    path.remove_prefix(8);
    const std::string_view id = part(path);
    if (!path.empty()) return alerts_.by_link(id, path, request);
    return {.status = 303, .fields = {{"Location", "/#/alerts/" + std::string(id)}}};
  }
  if (auto refused = access_.refuse(request)) {
    if (refused->status == 401 && request.path == "/") return {.status = 303, .fields = {{"Location", "/sign-in"}}};
    return *refused;
  }
  if (auto file = asset(request.path)) return reads(request) ? *file : only("GET, HEAD");
  if (!request.path.starts_with(kApi)) return no_such_page();
  try {
    return api(request, std::string_view(request.path).substr(kApi.size()));
  } catch (const query::Fault& fault) {
    return web::refusal(400, std::string("The query: ") + fault.what());
  } catch (const Error& error) {
    return web::refusal(error.status == EAR_INVALID ? 400 : 503, error.what());
  }
}

web::Response Site::api(const web::Request& request, std::string_view what) {
  const std::string_view first = part(what);
  if (first == "alerts") return alerts(request, what);
  if (!reads(request)) return only("GET, HEAD");
  if (first == "post")
    return what.empty() ? api_.post(request.parameter("platform"), request.parameter("id")) : no_such_page();
  if (first == "posts" && !what.empty()) return post(request, what);
  if (!what.empty()) return no_such_page();
  if (first == "state") return api_.state();
  if (first == "overview") return api_.overview(request);
  if (first == "posts") return api_.posts(request);
  if (first == "live") return follow(request);
  return no_such_page();
}

web::Response Site::post(const web::Request& request, std::string_view rest) {
  const auto which = number(part(rest));
  if (!which) return no_such_page();
  if (rest.empty()) return api_.post(*which);
  if (part(rest) != "media") return no_such_page();
  const auto media = number(part(rest));
  return media && rest.empty() ? api_.media(request, *which, *media) : no_such_page();
}

web::Response Site::alerts(const web::Request& request, std::string_view rest) {
  if (rest.empty()) {
    if (!reads(request)) return only("GET, HEAD");
    return alerts_.is_there() ? alerts_.list(request) : api_.alerts(request);
  }
  const std::string_view id = part(rest);
  if (rest.empty()) return reads(request) ? alerts_.show(id) : only("GET, HEAD");
  if (rest != "ack" && rest != "close" && rest != "reopen" && rest != "mute") return no_such_page();
  return request.method == "POST" ? alerts_.act(id, rest, request) : only("POST");
}

web::Response Site::follow(const web::Request& request) {
  return {.follow = live_.follow(request.parameter("subject"), request.parameter("q"), lists_)};
}

}  // namespace earshot::dashboard
