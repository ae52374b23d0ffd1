#include "sealed/sealed.hpp"

#include <sodium.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "earshot/error.hpp"
#include "sealed/out.hpp"

namespace earshot::sealed {
namespace {

constexpr std::string_view kMagic = "EARSEAL1";
constexpr std::size_t kChunk = 64 * 1024, kMore = crypto_secretstream_xchacha20poly1305_ABYTES;
using Salt = std::array<unsigned char, crypto_pwhash_SALTBYTES>;
using Header = std::array<unsigned char, crypto_secretstream_xchacha20poly1305_HEADERBYTES>;

void begin() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
}

// A key that is wiped when it goes.
class PhraseKey {
 public:
  PhraseKey(std::string_view passphrase, const Salt& salt) {
    if (crypto_pwhash(bytes_.data(), bytes_.size(), passphrase.data(), passphrase.size(), salt.data(),
                      crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
      throw io_failure("there is no memory to make the key of the passphrase");
  }
  ~PhraseKey() { sodium_memzero(bytes_.data(), bytes_.size()); }
  PhraseKey(const PhraseKey&) = delete;
  PhraseKey& operator=(const PhraseKey&) = delete;
  const unsigned char* data() const { return bytes_.data(); }

 private:
  std::array<unsigned char, crypto_secretstream_xchacha20poly1305_KEYBYTES> bytes_{};
};

class In {
 public:
  explicit In(const std::filesystem::path& path) : path_(path), file_(path, std::ios::binary) {
    if (!file_) fail("read", path);
  }
  // So many bytes, fewer only at the end.
  std::size_t read(unsigned char* to, std::size_t size) {
    file_.read(reinterpret_cast<char*>(to), static_cast<std::streamsize>(size));
    if (file_.bad()) fail("read", path_);
    return static_cast<std::size_t>(file_.gcount());
  }
  bool at_end() { return file_.peek() == std::ifstream::traits_type::eof(); }

 private:
  std::filesystem::path path_;
  std::ifstream file_;
};

[[noreturn]] void damaged(const std::filesystem::path& file) {
  throw invalid("'" + file.string() +
                "' cannot be opened: the passphrase is another one, or the file was changed or cut");
}

}  // namespace

void seal(const std::filesystem::path& from, const std::filesystem::path& to, std::string_view passphrase,
          const Progress& progress) {
  begin();
  In in(from);
  Out out(to);
  Salt salt;
  randombytes_buf(salt.data(), salt.size());
  const PhraseKey key(passphrase, salt);
  crypto_secretstream_xchacha20poly1305_state state;
  Header header;
  crypto_secretstream_xchacha20poly1305_init_push(&state, header.data(), key.data());
  out.write(kMagic.data(), kMagic.size());
  out.write(salt.data(), salt.size());
  out.write(header.data(), header.size());
  std::vector<unsigned char> plain(kChunk), sealed(kChunk + kMore);
  for (bool last = false; !last;) {
    const std::size_t size = in.read(plain.data(), plain.size());
    last = in.at_end();
    unsigned long long sealed_size = 0;
    crypto_secretstream_xchacha20poly1305_push(
        &state, sealed.data(), &sealed_size, plain.data(), size, nullptr, 0,
        last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    out.write(sealed.data(), static_cast<std::size_t>(sealed_size));
    if (progress) progress(size);
  }
  sodium_memzero(plain.data(), plain.size());
  out.finish();
}

void open(const std::filesystem::path& from, const std::filesystem::path& to, std::string_view passphrase,
          const Progress& progress) {
  begin();
  if (!is_sealed(from)) throw invalid("'" + from.string() + "' is no sealed file");
  In in(from);
  Out out(to);
  std::array<unsigned char, kMagic.size()> magic;
  Salt salt;
  Header header;
  in.read(magic.data(), magic.size());
  if (in.read(salt.data(), salt.size()) != salt.size() || in.read(header.data(), header.size()) != header.size())
    damaged(from);
  const PhraseKey key(passphrase, salt);
  crypto_secretstream_xchacha20poly1305_state state;
  if (crypto_secretstream_xchacha20poly1305_init_pull(&state, header.data(), key.data()) != 0) damaged(from);
  std::vector<unsigned char> plain(kChunk), sealed(kChunk + kMore);
  for (bool last = false; !last;) {
    const std::size_t size = in.read(sealed.data(), sealed.size());
    unsigned long long plain_size = 0;
    unsigned char tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&state, plain.data(), &plain_size, &tag, sealed.data(), size,
                                                   nullptr, 0) != 0)
      damaged(from);
    last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    if (last != in.at_end()) damaged(from);
    out.write(plain.data(), static_cast<std::size_t>(plain_size));
    if (progress) progress(size);
  }
  sodium_memzero(plain.data(), plain.size());
  out.finish();
}

bool is_sealed(const std::filesystem::path& file) {
  std::array<char, kMagic.size()> first{};
  std::ifstream in(file, std::ios::binary);
  in.read(first.data(), first.size());
  return in.gcount() == static_cast<std::streamsize>(first.size()) &&
         std::string_view(first.data(), first.size()) == kMagic;
}

std::string fingerprint(const std::filesystem::path& file) {
  begin();
  In in(file);
  crypto_generichash_state state;
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash_init(&state, nullptr, 0, hash.size());
  std::vector<unsigned char> chunk(kChunk);
  for (std::size_t size = in.read(chunk.data(), chunk.size()); size > 0; size = in.read(chunk.data(), chunk.size()))
    crypto_generichash_update(&state, chunk.data(), size);
  crypto_generichash_final(&state, hash.data(), hash.size());
  std::array<char, 2 * crypto_generichash_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return hex.data();
}

}  // namespace earshot::sealed
