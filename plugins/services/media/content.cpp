#include "media/content.hpp"

#include <sodium.h>

namespace earshot::media {
namespace {

crypto_hash_sha256_state& raw(std::vector<std::uint8_t>& state) {
  return *reinterpret_cast<crypto_hash_sha256_state*>(state.data());
}

}  // namespace

Hashing::Hashing() : state_(crypto_hash_sha256_statebytes()) {
  crypto_hash_sha256_init(&raw(state_));
}
Hashing::~Hashing() = default;

void Hashing::add(std::string_view bytes) {
  crypto_hash_sha256_update(&raw(state_), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

Content Hashing::finish() {
  Content content;
  crypto_hash_sha256_final(&raw(state_), content.data());
  return content;
}

Content content_of(std::string_view bytes) {
  Content content;
  crypto_hash_sha256(content.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return content;
}

std::string hex(const Content& content) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : content) text += kDigits[byte >> 4], text += kDigits[byte & 15];
  return text;
}

std::optional<Content> content_named(std::string_view text) {
  Content content;
  if (text.size() != content.size() * 2) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) return std::nullopt;
    std::uint8_t& byte = content[i / 2];
    byte = static_cast<std::uint8_t>(i % 2 == 0 ? digit << 4 : byte | digit);
  }
  return content;
}

}  // namespace earshot::media
