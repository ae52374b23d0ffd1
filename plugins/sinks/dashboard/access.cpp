#include "access.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace earshot::dashboard {
namespace {

constexpr std::string_view kCookie = "earshot";
constexpr std::string_view kForm =
    "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    "<title>Earshot</title><link rel=stylesheet href=/style.css><main class=sign-in><h1>Earshot</h1>"
    "<form method=post action=/sign-in><label for=token>Token of this dashboard</label>"
    "<input id=token name=token type=password autocomplete=current-password autofocus required>"
    "<button>Sign in</button></form>";

std::string session_of(std::string_view token) {
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  const std::string text = "earshot dashboard session\n" + std::string(token);
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     nullptr, 0);
  std::array<char, 2 * crypto_generichash_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return hex.data();
}

// In a time that tells nothing of where they differ.
bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

// A page of another site: browsers say so by themselves.
bool is_foreign(const web::Request& request) {
  if (const std::string_view site = request.field("sec-fetch-site"); !site.empty())
    return site != "same-origin" && site != "none";
  const std::string_view origin = request.field("origin");
  if (origin.empty()) return false;  // no browser
  const std::size_t slashes = origin.find("//");
  return slashes == origin.npos || origin.substr(slashes + 2) != request.field("host");
}

}  // namespace

Access::Access(std::string_view token) : token_(token), session_(token.empty() ? std::string() : session_of(token)) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
}

bool Access::knows(const web::Request& request, bool& by_header) const {
  constexpr std::string_view bearer = "Bearer ";
  const std::string_view given = request.field("authorization");
  by_header = given.starts_with(bearer) && same(given.substr(bearer.size()), token_);
  return by_header || same(request.cookie(kCookie), session_);
}

std::optional<web::Response> Access::refuse(const web::Request& request) const {
  bool by_header = false;
  if (!is_open() && !knows(request, by_header))
    return web::refusal(401,
                        "The token is missing or wrong: sign in at /sign-in, or send it as Authorization: Bearer.");
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (!reads && !by_header && is_foreign(request))
    return web::refusal(403, "The page of another site may not change anything here.");
  return {};
}

web::Response Access::sign_in(const web::Request& request) const {
  if (request.method != "POST") return web::html(std::string(kForm));
  const auto form = web::read_form(request.body);
  const auto token = form ? form->find("token") : decltype(form->find("")){};
  if (!form || token == form->end() || is_open() || !same(token->second, token_))
    return web::html(std::string(kForm) + "<p role=alert>That is not the token.</p>", 401);
  return {.status = 303,
          .fields = {{"Location", "/"},
                     {"Set-Cookie",
                      std::string(kCookie) + "=" + session_ + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000"}}};
}

}  // namespace earshot::dashboard
