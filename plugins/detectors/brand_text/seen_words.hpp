// seen_words.hpp: a cache of hashes of words, of which each has eight places in one line of memory. One worker's; it
// forgets what it has no room for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace earshot::brand_text {

class SeenWords {
 public:
  bool has(std::uint64_t hash) const {
    bool found = false;
    for (const std::uint64_t one : line(hash).hashes) found |= one == hash;  // no branch: four compares of two
    return found;
  }
  void add(std::uint64_t hash) { lines_[place(hash)].hashes[next_++ % kInLine] = hash; }

 private:
  static constexpr std::size_t kLines = 1024, kInLine = 8;
  struct alignas(64) Line {
    std::array<std::uint64_t, kInLine> hashes{};
  };
  static std::size_t place(std::uint64_t hash) { return hash % kLines; }
  const Line& line(std::uint64_t hash) const { return lines_[place(hash)]; }

  std::vector<Line> lines_ = std::vector<Line>(kLines);
  std::size_t next_ = 0;  // whose place is taken next, in any line
};

}  // namespace earshot::brand_text
