// sealed_letter.hpp: the payload of a dead letter as it stands in the state: plain, or under the user's seal. The
// column `raw` tells both: 1, what a source read; 2, sealed. Free functions; any thread.
#pragma once

#include "base/seal.hpp"
#include "state/dead_letter.hpp"

namespace earshot::host {

struct SealedPayload {
  std::int64_t form;
  std::string bytes;
};

inline SealedPayload sealed(const DeadLetter& letter, const Seal* seal) {
  const std::int64_t raw = letter.raw ? 1 : 0;
  if (seal == nullptr) return {raw, letter.payload};
  return {raw | 2, seal->close(letter.payload)};
}

// Fills in what the columns say. Where the seal cannot be opened, the letter says so and has no payload.
inline void unseal(std::int64_t form, std::string bytes, const Seal* seal, DeadLetter& letter) {
  letter.raw = (form & 1) != 0;
  if ((form & 2) == 0) {
    letter.payload = std::move(bytes);
    return;
  }
  std::optional<std::string> plain = seal == nullptr ? std::nullopt : seal->open(bytes);
  letter.sealed = !plain;
  letter.payload = std::move(plain).value_or("");
}

}  // namespace earshot::host
