#include "web/response.hpp"

namespace earshot::web {
namespace {

std::string quoted(std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += {'\\', c};
    else if (byte < 0x20)
      out += {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
    else
      out += c;
  }
  return out += '"';
}

}  // namespace

Response json(std::string body, unsigned status) {
  return {.status = status, .content_type = "application/json", .body = std::move(body)};
}

Response html(std::string body, unsigned status) {
  return {.status = status, .content_type = "text/html; charset=utf-8", .body = std::move(body)};
}

Response refusal(unsigned status, std::string_view sentence) {
  return json("{\"error\":" + quoted(sentence) + "}\n", status);
}

const std::vector<std::pair<std::string, std::string>>& safe_fields() {
  static const std::vector<std::pair<std::string, std::string>> fields{
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
       "connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
       "frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
  };
  return fields;
}

}  // namespace earshot::web
