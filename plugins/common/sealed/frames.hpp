// frames.hpp: sealed files that may grow: a row of frames, each sealed by itself under a key file's key
// (XChaCha20-Poly1305), so that a file can be cut behind any of them and still be read. Any thread, each for its own.
//
//   "EARSEAL2"  16 bytes of id  then frames: 4 bytes of length (the highest bit: the last one), 24 of nonce, the rest
//
// Id, place and the four bytes are part of what is sealed: a frame that was changed, left out, moved or taken from
// another file is found. A file that is whole has a last one; one that still grows has none, and its end may be cut
// unseen.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "sealed/key.hpp"

namespace earshot::sealed {

class Frames {
 public:
  static constexpr std::size_t kHeader = 24;  // bytes of a file's beginning
  static constexpr std::size_t kMost = 64 << 20;

  // A new file: header() is its beginning.
  explicit Frames(const Key& key);
  // One that is there: reads its beginning, and where its last frame ends, up to `size`. Throws `invalid`.
  Frames(const Key& key, const std::filesystem::path& file, std::uint64_t size);

  std::string header() const;
  // Appends the next frame, with at most kMost bytes in it.
  void frame(std::string_view plain, std::string& to, bool last = false);

 private:
  friend class FrameReader;
  Key key_;
  std::string id_;
  std::uint64_t next_ = 0;
};

// Both write `to` with mode 0600. open() throws `invalid` where the key is another one or the file was changed.
void seal(const std::filesystem::path& from, const std::filesystem::path& to, const Key& key);
void seal_text(std::string_view content, const std::filesystem::path& to, const Key& key);
// False: the file has no end mark: it still grows, or was cut.
bool open(const std::filesystem::path& from, const std::filesystem::path& to, const Key& key);

bool is_framed(const std::filesystem::path& file);

}  // namespace earshot::sealed
