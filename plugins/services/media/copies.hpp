// copies.hpp: which pictures look the same, so that what was found in one holds for the other. A perceptual hash (the
// signs of the low frequencies of its cosine transform, as pHash has it) finds candidates, and means over a fine grid
// have to agree cell by cell: other lettering on the same ground is another picture. Remembers the pictures seen last.
// Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "media/canvas.hpp"

namespace earshot::media {

// What is compared of a picture.
struct Likeness {
  static constexpr std::uint32_t kSide = 128, kCoarse = 16;
  std::uint64_t hash = 0;
  Size size;  // as handed out
  std::array<std::uint8_t, kSide * kSide> grey{};
  std::array<std::uint8_t, kCoarse * kCoarse> blue{}, red{};  // without brightness, 128: none
};

Likeness likeness(Size size, const std::uint8_t* pixels, std::size_t stride);

// May `later` be taken for `before`? It may be smaller, but show no more than that does.
bool is_copy(const Likeness& before, const Likeness& later);

class Copies {
 public:
  // Compares with the `most` pictures seen last; none: each picture is its own.
  explicit Copies(std::size_t most) : most_(most) {}

  // The number of what it looks like, never 0.
  std::uint64_t look(Size size, const std::uint8_t* pixels, std::size_t stride);
  std::uint64_t found() const;  // how many were copies

 private:
  struct Seen {
    Likeness likeness;
    std::uint64_t look = 0;
  };
  mutable std::mutex mutex_;  // guards what follows
  const std::size_t most_;
  std::vector<std::uint64_t> hashes_;  // of seen_, side by side, for the search
  std::vector<Seen> seen_;             // a ring
  std::size_t next_ = 0;
  std::uint64_t last_ = 0, found_ = 0;
};

}  // namespace earshot::media
