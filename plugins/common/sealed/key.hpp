// key.hpp: a key file, and keys for each use made of it. The file is one line, "EARKEY1 " and 64 hexadecimal digits,
// for its owner's eyes alone. Free functions and values; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>

namespace earshot::sealed {

// Wiped when it goes.
class Key {
 public:
  static constexpr std::size_t kSize = 32;

  Key() = default;
  ~Key();
  Key(const Key& other) : bytes_(other.bytes_) {}
  Key& operator=(const Key& other) { return bytes_ = other.bytes_, *this; }
  unsigned char* data() { return bytes_.data(); }
  const unsigned char* data() const { return bytes_.data(); }

 private:
  std::array<unsigned char, kSize> bytes_{};
};

// What keys are used for; each use has one of its own. Never change a number.
enum class Use : std::uint64_t { files = 2, pseudonyms = 3 };

// Throws `invalid` where the file is no key or others may read it, io_failure where it cannot be read.
Key key_from(const std::filesystem::path& file, Use use);
bool is_key_file(const std::filesystem::path& file);

// A new key, in a file with mode 0600. Throws `invalid` where there is a file already.
void make_key_file(const std::filesystem::path& file);

}  // namespace earshot::sealed
