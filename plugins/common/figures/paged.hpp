// paged.hpp: values by a number that may be large and of which few are used, in pages that are made when they are
// needed. A value; one thread for changes, any for reading.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace earshot::figures {

template <class T, unsigned Bits = 10>
class Paged {
 public:
  // Made, as T{}, where it is not there.
  T& at(std::uint32_t number) {
    const std::uint32_t page = number >> Bits;
    if (page >= pages_.size()) pages_.resize(page + std::size_t{1});
    if (pages_[page] == nullptr) pages_[page] = std::make_unique<Page>();
    return (*pages_[page])[number & kMask];
  }
  // Brings near what at() will soon be asked for; nothing where it is not there yet.
  void prefetch(std::uint32_t number) const {
    if (const T* value = find(number)) __builtin_prefetch(value, 1);
  }
  // nullptr: its page was never needed.
  const T* find(std::uint32_t number) const {
    const std::uint32_t page = number >> Bits;
    return page < pages_.size() && pages_[page] != nullptr ? &(*pages_[page])[number & kMask] : nullptr;
  }
  // Calls use(number, value) for all of every page, in the order of the numbers.
  template <class Use>
  void each(Use&& use) const {
    for (std::size_t page = 0; page < pages_.size(); ++page)
      for (std::uint32_t i = 0; pages_[page] != nullptr && i <= kMask; ++i)
        use(static_cast<std::uint32_t>(page << Bits | i), (*pages_[page])[i]);
  }

 private:
  static constexpr std::uint32_t kMask = (1u << Bits) - 1;
  using Page = std::array<T, std::size_t{1} << Bits>;
  std::vector<std::unique_ptr<Page>> pages_;
};

}  // namespace earshot::figures
