// marks.hpp: what is known of posts and authors while they are walked over. Values; one thread for changes, any for
// reading.
#pragma once

#include <cstdint>
#include <vector>

#include "figures/paged.hpp"

namespace earshot::figures {

// A byte for each of some posts.
class Marks {
 public:
  std::uint8_t at(std::uint32_t post) const {
    const std::uint8_t* value = bytes_.find(post);
    return value == nullptr ? std::uint8_t{0} : *value;
  }
  void set(std::uint32_t post, std::uint8_t value) { bytes_.at(post) = value; }
  // Calls use(post, value) for each that is not 0, in their order.
  template <class Use>
  void each(Use&& use) const {
    bytes_.each([&](std::uint32_t post, std::uint8_t value) {
      if (value != 0) use(post, value);
    });
  }

 private:
  Paged<std::uint8_t, 14> bytes_;
};

// Which of many were seen: authors by their row, exactly.
class Seen {
 public:
  // True the first time.
  bool add(std::uint32_t number) {
    const std::size_t word = number >> 6;
    if (word >= words_.size()) words_.resize(word + word / 2 + 64);
    const std::uint64_t bit = std::uint64_t{1} << (number & 63);
    if ((words_[word] & bit) != 0) return false;
    return words_[word] |= bit, true;
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace earshot::figures
