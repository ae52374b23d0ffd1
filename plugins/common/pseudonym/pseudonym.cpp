#include "pseudonym/pseudonym.hpp"

#include <sodium.h>

#include "earshot/error.hpp"
#include "store/settings.hpp"

namespace earshot::pseudonym {

std::string Pseudonyms::of(std::string_view platform, std::string_view name) const {
  if (name.empty()) return {};
  unsigned char hash[16];
  crypto_generichash_state state;
  const unsigned char end = 0;
  crypto_generichash_init(&state, key_.data(), sealed::Key::kSize, sizeof hash);
  crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(platform.data()), platform.size());
  crypto_generichash_update(&state, &end, 1);
  crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(name.data()), name.size());
  crypto_generichash_final(&state, hash, sizeof hash);
  char hex[2 * sizeof hash + 1];
  sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
  return std::string("anon-") + hex;
}

void agree(const store::Database& database, const Pseudonyms* pseudonyms) {
  const std::optional<std::string> there = store::setting(database, "pseudonyms");
  if (pseudonyms == nullptr) {
    if (there)
      throw not_allowed("the authors of this store have pseudonyms: give `pseudonyms` with their key, or another path");
    return;
  }
  if (there == pseudonyms->fingerprint()) return;
  if (there)
    throw not_allowed("the authors of this store have pseudonyms under another key: give that one, or another path");
  if (database.integer("SELECT EXISTS(SELECT 1 FROM authors)") != 0)
    throw not_allowed(
        "the authors of this store stand there by their names: pseudonyms need a new store, name another path");
  store::set_setting(database, "pseudonyms", pseudonyms->fingerprint());
}

}  // namespace earshot::pseudonym
