// word_hash.hpp: one hash of a folded word, for the set of known words and for the forms of names. Free functions; any
// thread.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace earshot::brand_text {

// Of the bytes, eight at a time; the same on every machine, since files hold what comes of it. `readable`: bytes from
// the word's first on that may be read, if more than the word's own.
inline std::uint64_t word_hash(std::string_view word, std::size_t readable = 0) {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;
  std::uint64_t h = word.size() * odd;
  const char* at = word.data();
  std::size_t left = word.size();
  for (std::uint64_t chunk; left >= 8; at += 8, left -= 8) {
    std::memcpy(&chunk, at, 8);
    h = (h ^ chunk) * odd, h ^= h >> 29;
  }
  std::uint64_t rest = 0;
  if (readable >= word.size() + 8) {
    std::memcpy(&rest, at, 8);
    rest &= (std::uint64_t{1} << (8 * left)) - 1;
  } else {
    for (std::size_t i = 0; i < left; ++i) rest |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
  }
  h = (h ^ rest) * odd;
  return h ^ h >> 32;
}

// A Bloom filter (B. H. Bloom 1970) whose bits for one key lie in one word of memory: three of 64, the word chosen by
// the hash's upper half.
inline std::uint64_t bloom_bits(std::uint64_t h) {
  return std::uint64_t{1} << (h & 63) | std::uint64_t{1} << (h >> 6 & 63) | std::uint64_t{1} << (h >> 12 & 63);
}
inline std::size_t bloom_place(std::uint64_t h, std::size_t mask) {
  return static_cast<std::size_t>(h >> 32) & mask;
}

}  // namespace earshot::brand_text
