// marks.hpp: a byte for each of some posts, in pages that are made when they are needed. A value; one thread for
// changes, any for reading.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace earshot::figures {

class Marks {
 public:
  std::uint8_t at(std::uint32_t post) const {
    const std::uint32_t page = post >> kBits;
    return page < pages_.size() && pages_[page] != nullptr ? (*pages_[page])[post & kMask] : std::uint8_t{0};
  }
  void set(std::uint32_t post, std::uint8_t value) {
    const std::uint32_t page = post >> kBits;
    if (page >= pages_.size()) pages_.resize(page + std::size_t{1});
    if (pages_[page] == nullptr) pages_[page] = std::make_unique<Page>(Page{});
    (*pages_[page])[post & kMask] = value;
  }
  // Calls use(post, value) for each that is not 0, in their order.
  template <class Use>
  void each(Use&& use) const {
    for (std::size_t page = 0; page < pages_.size(); ++page)
      for (std::uint32_t i = 0; pages_[page] != nullptr && i <= kMask; ++i)
        if ((*pages_[page])[i] != 0) use(static_cast<std::uint32_t>(page << kBits | i), (*pages_[page])[i]);
  }

 private:
  static constexpr std::uint32_t kBits = 14, kMask = (1u << kBits) - 1;
  using Page = std::array<std::uint8_t, std::size_t{1} << kBits>;
  std::vector<std::unique_ptr<Page>> pages_;
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
