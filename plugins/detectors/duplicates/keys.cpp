#include "duplicates/keys.hpp"

#include <algorithm>

namespace earshot::duplicates {
namespace {

constexpr std::uint32_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 32)) * 0xD6E8FEB86659FD93u;
  return static_cast<std::uint32_t>(z ^ (z >> 32));
}

constexpr float kBandWeight = 6;

}  // namespace

// The heaviest of some_, into keys_. Ties are broken by the hash, so that no order matters.
void Keys::take(std::size_t most) {
  const auto heavier = [](const Key& a, const Key& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
  };
  if (some_.size() > most) {
    std::nth_element(some_.begin(), some_.begin() + static_cast<std::ptrdiff_t>(most), some_.end(), heavier);
    some_.resize(most);
  }
  keys_.insert(keys_.end(), some_.begin(), some_.end());
  some_.clear();
}

std::span<const Key> Keys::of(const sketch::Reader& text, const sketch::Rarity& rarity) {
  keys_.clear(), some_.clear();
  const std::span<const std::uint32_t> words = text.words();
  float before = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const float rare = rarity.of(feature(words[i]));
    if (i > 0) some_.push_back({mixed(std::uint64_t{words[i - 1]} << 32 | words[i]), before + rare});
    before = rare;
  }
  take(kPairs);
  for (const std::uint32_t word : words) some_.push_back({mixed(word), rarity.of(feature(word))});
  take(kWords);
  const std::span<const std::uint16_t> trigrams = text.trigrams();
  for (std::size_t i = 0; i + 1 < trigrams.size(); ++i) {
    const bool first = i == 0 || trigrams[i] >> 13 != trigrams[i - 1] >> 13;
    if (first && trigrams[i + 1] >> 13 == trigrams[i] >> 13)
      keys_.push_back(
          {mixed(std::uint64_t{1} << 40 | std::uint64_t{trigrams[i]} << 16 | trigrams[i + 1]), kBandWeight});
  }
  std::sort(keys_.begin(), keys_.end(), [](const Key& a, const Key& b) { return a.hash < b.hash; });
  keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  return keys_;
}

}  // namespace earshot::duplicates
