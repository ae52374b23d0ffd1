// index.hpp: from a key to the numbers of the posts that had it last. A fixed number of buckets, each one cache line of
// ten entries of which the newest overwrites the oldest: bounded memory, one memory access a key, and a key that
// everybody has costs no more than another. One thread.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace earshot::duplicates {

class Index {
 public:
  // For so many entries; whatever was in it is gone.
  void reset(std::size_t entries) {
    buckets_.assign(std::bit_ceil(entries / kEntries + 1), {});
    mask_ = static_cast<std::uint32_t>(buckets_.size() - 1);
  }
  void prefetch(std::uint32_t key) const { __builtin_prefetch(&buckets_[key & mask_]); }
  void add(std::uint32_t key, std::uint32_t number) {
    Bucket& bucket = buckets_[key & mask_];
    bucket.numbers[bucket.next] = number, bucket.tags[bucket.next] = tag(key);
    bucket.next = (bucket.next + 1) % kEntries;
  }
  // Calls `found(number)` for each entry under the key; a few are of another key.
  template <class Found>
  void find(std::uint32_t key, Found&& found) const {
    const Bucket& bucket = buckets_[key & mask_];
    for (std::size_t i = 0; i < kEntries; ++i)
      if (bucket.numbers[i] != 0 && bucket.tags[i] == tag(key)) found(bucket.numbers[i]);
  }

 private:
  static constexpr std::uint32_t kEntries = 10;
  struct alignas(64) Bucket {
    std::array<std::uint32_t, kEntries> numbers{};  // 0: empty
    std::array<std::uint16_t, kEntries> tags{};
    std::uint32_t next = 0;
  };
  // Of the bits that choose no bucket, with some that do: there are enough to tell keys of one bucket apart.
  static std::uint16_t tag(std::uint32_t key) { return static_cast<std::uint16_t>(key * 0x9E3779B1u >> 16); }

  std::vector<Bucket> buckets_ = std::vector<Bucket>(1);
  std::uint32_t mask_ = 0;
};

}  // namespace earshot::duplicates
