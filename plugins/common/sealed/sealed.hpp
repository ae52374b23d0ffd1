// sealed.hpp: files that only who knows the passphrase can read or change: libsodium's secretstream (XChaCha20 with
// Poly1305), under a key that Argon2id makes of the passphrase. Free functions; any thread, each for files of its own.
//
//   "EARSEAL1"  16 bytes of salt  24 bytes of header  then chunks of 64 KiB, each with 17 bytes more, the last marked
//
// A chunk that was changed, left out, moved or cut off is found. Memory: that of a chunk, and 64 MiB while the key is
// made.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace earshot::sealed {

using Progress = std::function<void(std::uintmax_t bytes)>;  // so many more are done

// Both write `to` with mode 0600, durable when they return; where they throw, `to` is gone. Error `io` where a file
// cannot be read or written; open() throws `invalid` where the passphrase is another one or the file was changed.
void seal(const std::filesystem::path& from, const std::filesystem::path& to, std::string_view passphrase,
          const Progress& progress = {});
void open(const std::filesystem::path& from, const std::filesystem::path& to, std::string_view passphrase,
          const Progress& progress = {});

bool is_sealed(const std::filesystem::path& file);

// BLAKE2b of a file, 64 hexadecimal digits.
std::string fingerprint(const std::filesystem::path& file);

}  // namespace earshot::sealed
