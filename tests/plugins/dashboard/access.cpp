// Who may look and act.
#include <catch2/catch.hpp>

#include "access.hpp"
#include "asked.hpp"

using namespace earshot::testing;
using Catch::Contains;
using earshot::dashboard::Access;

namespace {

constexpr const char* kToken = "a-token-of-this-test";

void nothing(SinkHarness&) {}

std::string field(const earshot::web::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.fields)
    if (key == name) return value;
  return {};
}

}  // namespace

TEST_CASE("without the token nothing is shown but the form that asks for it") {
  Asked site(nothing, kToken);
  CHECK(site.ask("/api/v1/state").status == 401);
  CHECK(site.ask("/app.js").status == 401);
  CHECK(site.ask("/api/v1/state", "GET", {{"authorization", "Bearer wrong"}}).status == 401);
  CHECK(site.ask("/").status == 303);
  CHECK_THAT(site.ask("/sign-in").body, Contains("<form method=post"));
}

TEST_CASE("with the token in the header everything is shown") {
  Asked site(nothing, kToken);
  CHECK(site.ask("/", "GET", {{"authorization", std::string("Bearer ") + kToken}}).status == 200);
}

TEST_CASE("who signs in gets a cookie that scripts cannot read, which is not the token") {
  Asked site(nothing, kToken);
  CHECK(site.ask("/sign-in", "POST", {}, "token=wrong").status == 401);
  const auto in = site.ask("/sign-in", "POST", {}, std::string("token=") + kToken);
  CHECK(in.status == 303);
  const std::string cookie = field(in, "Set-Cookie");
  CHECK_THAT(cookie, Contains("HttpOnly") && Contains("SameSite=Strict") && !Contains(kToken));
  CHECK(site.ask("/", "GET", {{"cookie", cookie.substr(0, cookie.find(';'))}}).status == 200);
}

TEST_CASE("another site's page may change nothing, whatever cookie the browser sends along") {
  Asked site(nothing);
  const std::string act = "/api/v1/alerts/00000000000000000000000000000000/ack";
  CHECK(site.ask(act, "POST", {{"sec-fetch-site", "cross-site"}}).status == 403);
  CHECK(site.ask(act, "POST", {{"origin", "https://evil.example"}}).status == 403);
  CHECK(site.ask(act, "POST", {{"origin", "null"}}).status == 403);
  CHECK(site.ask(act, "POST", {{"origin", "http://localhost"}}).status == 404);  // there is no such alert
  CHECK(site.ask(act, "POST", {{"sec-fetch-site", "same-origin"}}).status == 404);
}
