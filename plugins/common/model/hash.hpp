// hash.hpp: the hash that gives a feature its bucket. It is part of the model file's format: the same bytes have the
// same hash on every machine and in every version. FNV-1a (Fowler, Noll, Vo) over bytes; a multiplication spreads it
// over the buckets. Free functions; any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace earshot::model {

inline constexpr std::uint64_t kHashStart = 0xCBF29CE484222325u;
inline constexpr std::uint64_t kHashPrime = 0x100000001B3u;

constexpr std::uint64_t hash_step(std::uint64_t hash, std::uint64_t next) {
  return (hash ^ next) * kHashPrime;
}

// The hash of a feature's name: hash("followers").
constexpr std::uint64_t hash(std::string_view bytes, std::uint64_t start = kHashStart) {
  for (const char c : bytes) start = hash_step(start, static_cast<unsigned char>(c));
  return start;
}

// Half as long, for what is kept of many.
constexpr std::uint32_t short_hash(std::string_view bytes, std::uint64_t start = kHashStart) {
  return static_cast<std::uint32_t>(hash(bytes, start) * 0x9E3779B97F4A7C15u >> 32);
}

// The hash of two features together, in this order: a word and where it stands, two words in a row.
constexpr std::uint64_t combine(std::uint64_t first, std::uint64_t second) {
  return (first * 0x9E3779B97F4A7C15u ^ second) * 0xD6E8FEB86659FD93u;
}

constexpr std::uint32_t bucket_of(std::uint64_t hash, unsigned bits) {
  hash ^= hash >> 32;
  return static_cast<std::uint32_t>(hash * 0x9E3779B97F4A7C15u >> (64 - bits));
}

}  // namespace earshot::model
