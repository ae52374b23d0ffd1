#include "base/seal.hpp"

#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/error.hpp"

namespace earshot::host {
namespace {

constexpr std::string_view kMagic = "EARKEY1 ";
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
                      kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
// What a key is used for is part of it, so that no two uses share one: docs/safe-storage.md lists them.
constexpr char kContext[crypto_kdf_CONTEXTBYTES + 1] = "EarState";
constexpr std::uint64_t kUse = 1;

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::shared_ptr<const Seal> Seal::from_file(const std::filesystem::path& file) {
  if (sodium_init() < 0) throw Failure("libsodium cannot start");
  struct stat about {};
  std::ifstream in(file);
  if (!in || ::stat(file.c_str(), &about) != 0)
    throw Failure(fmt::format("the key file {} cannot be read: {}", file.string(), std::strerror(errno)));
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    throw Failure(fmt::format("others may use the key file {}: `chmod 600` it", file.string()));
  std::string line;
  std::getline(in, line);
  Key master{}, key{};
  std::size_t size = 0;
  const bool good = line.starts_with(kMagic) &&
                    sodium_hex2bin(master.data(), master.size(), line.data() + kMagic.size(),
                                   line.size() - kMagic.size(), nullptr, &size, nullptr) == 0 &&
                    size == master.size() && line.size() == kMagic.size() + 2 * size;
  sodium_memzero(line.data(), line.size());
  if (!good) throw Failure(fmt::format("{} is no key file: `earshot key --new FILE` makes one", file.string()));
  crypto_kdf_derive_from_key(key.data(), key.size(), kUse, kContext, master.data());
  sodium_memzero(master.data(), master.size());
  std::shared_ptr<const Seal> seal(new Seal(key));
  sodium_memzero(key.data(), key.size());
  return seal;
}

Seal::~Seal() {
  sodium_memzero(key_.data(), key_.size());
}

std::string Seal::close(std::string_view plain) const {
  std::string out(kNonce + plain.size() + kTag, '\0');
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  randombytes_buf(to, kNonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt(to + kNonce, nullptr, bytes(plain), plain.size(), nullptr, 0, nullptr, to,
                                             key_.data());
  return out;
}

std::optional<std::string> Seal::open(std::string_view sealed) const {
  if (sealed.size() < kNonce + kTag) return std::nullopt;
  std::string out(sealed.size() - kNonce - kTag, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(out.data()), nullptr, nullptr,
                                                 bytes(sealed) + kNonce, sealed.size() - kNonce, nullptr, 0,
                                                 bytes(sealed), key_.data()) != 0)
    return std::nullopt;
  return out;
}

}  // namespace earshot::host
