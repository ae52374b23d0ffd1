// seal.hpp: the host's one use of encryption: what it keeps of posts beside its checkpoints, sealed under the user's
// key by libsodium (XChaCha20-Poly1305). A key file is one line, "EARKEY1 " and 64 hexadecimal digits, as `earshot key`
// makes it, and for its owner's eyes alone. Constant; any thread.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace earshot::host {

class Seal {
 public:
  // Throws Failure: the file cannot be read, holds no key, or others may read it.
  static std::shared_ptr<const Seal> from_file(const std::filesystem::path& file);
  ~Seal();
  Seal(const Seal&) = delete;
  Seal& operator=(const Seal&) = delete;

  std::string close(std::string_view plain) const;
  // Nothing: it was sealed under another key, or changed.
  std::optional<std::string> open(std::string_view sealed) const;

 private:
  using Key = std::array<unsigned char, 32>;
  explicit Seal(const Key& key) : key_(key) {}
  Key key_;
};

}  // namespace earshot::host
