#include "alert_book/links.hpp"

#include <sodium.h>

#include <array>

#include "earshot/error.hpp"

namespace earshot::alert_book {
namespace {

constexpr std::size_t kBytes = crypto_auth_hmacsha256_BYTES;

// Each part with its length, so that no two permissions read alike.
std::string signed_text(const Permission& p) {
  const std::string until = std::to_string(p.until);
  std::string text = "earshot-link-1";
  for (const std::string_view part : {p.action, p.alert, std::string_view(until), p.via})
    text.append("\n").append(std::to_string(part.size())).append(":").append(part);
  return text;
}

std::array<unsigned char, kBytes> mac(std::string_view key, const Permission& permission) {
  if (key.size() != crypto_auth_hmacsha256_KEYBYTES) throw Error(EAR_INTERNAL, "the key of the links has not 32 bytes");
  std::array<unsigned char, kBytes> out{};
  const std::string text = signed_text(permission);
  crypto_auth_hmacsha256(out.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                         reinterpret_cast<const unsigned char*>(key.data()));
  return out;
}

std::string url_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.' || c == '~';
    const auto byte = static_cast<unsigned char>(c);
    if (plain)
      out += c;
    else
      out.append("%").append(1, "0123456789ABCDEF"[byte >> 4]).append(1, "0123456789ABCDEF"[byte & 15]);
  }
  return out;
}

}  // namespace

std::string signature(std::string_view key, const Permission& permission) {
  const auto bytes = mac(key, permission);
  std::string hex(2 * kBytes + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  hex.pop_back();
  return hex;
}

bool holds(std::string_view key, const Permission& permission, std::string_view given, ear_time now) {
  std::array<unsigned char, kBytes> bytes{};
  std::size_t size = 0;
  const char* end = nullptr;
  const bool read = given.size() == 2 * kBytes &&
                    sodium_hex2bin(bytes.data(), bytes.size(), given.data(), given.size(), nullptr, &size, &end) == 0 &&
                    size == kBytes;
  const auto right = mac(key, permission);
  const bool same = sodium_memcmp(bytes.data(), right.data(), kBytes) == 0;
  return read && same && now / 1'000'000'000 < permission.until;
}

std::string signed_link(std::string_view base, std::string_view key, const Permission& permission) {
  std::string link(base);
  link.append("/alerts/").append(url_text(permission.alert)).append("/").append(url_text(permission.action));
  link.append("?until=").append(std::to_string(permission.until)).append("&via=").append(url_text(permission.via));
  return link.append("&sig=").append(signature(key, permission));
}

}  // namespace earshot::alert_book
