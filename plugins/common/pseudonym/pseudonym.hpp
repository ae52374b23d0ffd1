// pseudonym.hpp: pseudonyms for authors: a keyed hash (BLAKE2b) of platform and name. The same name is always the same
// pseudonym, so authors can be counted, and found by who has the key and the name; from the pseudonym alone nobody
// comes to the name. Constant once made; any thread.
#pragma once

#include <string>
#include <string_view>

#include "sealed/key.hpp"
#include "store/copies.hpp"
#include "store/database.hpp"

namespace earshot::pseudonym {

class Pseudonyms : public store::Disguise {
 public:
  explicit Pseudonyms(const std::filesystem::path& key_file)
      : key_(sealed::key_from(key_file, sealed::Use::pseudonyms)) {}

  // "anon-" and 32 hexadecimal digits; of no name there is none.
  std::string of(std::string_view platform, std::string_view name) const override;
  // Tells keys apart, and nothing of them.
  std::string fingerprint() const { return of("", "fingerprint"); }

 private:
  sealed::Key key_;
};

// Makes sure that a store has names under this key alone: notes the key in a new one. Throws not_allowed where its
// authors stand there by their names, or under another key; nullptr: where they stand under any.
void agree(const store::Database& database, const Pseudonyms* pseudonyms);

}  // namespace earshot::pseudonym
