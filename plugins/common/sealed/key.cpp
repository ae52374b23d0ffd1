#include "sealed/key.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "earshot/error.hpp"

namespace earshot::sealed {
namespace {

constexpr std::string_view kMagic = "EARKEY1 ";
constexpr char kContext[crypto_kdf_CONTEXTBYTES + 1] = "EarState";

static_assert(crypto_kdf_KEYBYTES == Key::kSize);

void begin() {
  if (sodium_init() < 0) throw Error(EAR_INTERNAL, "libsodium cannot start");
}

}  // namespace

Key::~Key() {
  sodium_memzero(bytes_.data(), bytes_.size());
}

bool is_key_file(const std::filesystem::path& file) {
  std::array<char, kMagic.size()> first{};
  std::ifstream in(file, std::ios::binary);
  in.read(first.data(), first.size());
  return std::string_view(first.data(), static_cast<std::size_t>(in.gcount())) == kMagic;
}

Key key_from(const std::filesystem::path& file, Use use) {
  begin();
  struct stat about {};
  std::ifstream in(file);
  if (!in || ::stat(file.c_str(), &about) != 0)
    throw io_failure("cannot read the key file '" + file.string() + "': " + std::strerror(errno));
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    throw invalid("others may use the key file '" + file.string() + "': `chmod 600` it");
  std::string line;
  std::getline(in, line);
  Key master, key;
  std::size_t size = 0;
  const bool good = line.starts_with(kMagic) && line.size() == kMagic.size() + 2 * Key::kSize &&
                    sodium_hex2bin(master.data(), Key::kSize, line.data() + kMagic.size(), line.size() - kMagic.size(),
                                   nullptr, &size, nullptr) == 0 &&
                    size == Key::kSize;
  sodium_memzero(line.data(), line.size());
  if (!good) throw invalid("'" + file.string() + "' is no key file: `earshot key --new FILE` makes one");
  crypto_kdf_derive_from_key(key.data(), Key::kSize, static_cast<std::uint64_t>(use), kContext, master.data());
  return key;
}

void make_key_file(const std::filesystem::path& file) {
  begin();
  Key key;
  crypto_kdf_keygen(key.data());
  char line[kMagic.size() + 2 * Key::kSize + 1];
  std::memcpy(line, kMagic.data(), kMagic.size());
  sodium_bin2hex(line + kMagic.size(), 2 * Key::kSize + 1, key.data(), Key::kSize);
  line[sizeof line - 1] = '\n';
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0 && errno == EEXIST) throw invalid("'" + file.string() + "' is there already; a key is never overwritten");
  const bool done = fd >= 0 && ::write(fd, line, sizeof line) == static_cast<ssize_t>(sizeof line) && ::fsync(fd) == 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  sodium_memzero(line, sizeof line);
  if (!done) throw io_failure("cannot write the key file '" + file.string() + "': " + std::strerror(error));
}

}  // namespace earshot::sealed
