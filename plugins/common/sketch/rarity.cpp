#include "sketch/rarity.hpp"

#include <array>
#include <cmath>

#include "state/bytes.hpp"

namespace earshot::sketch {
namespace {

constexpr std::size_t kFeatures = 65536, kSlice = kFeatures / Rarity::kSlices;
constexpr std::uint32_t kMostPosts = 1u << 20;

float log_of(std::uint32_t count) {
  static const auto table = [] {
    std::array<float, 4096> logs{};
    for (std::size_t i = 0; i < logs.size(); ++i) logs[i] = std::log(static_cast<float>(i) + 0.5f);
    return logs;
  }();
  return count < table.size() ? table[count] : std::log(static_cast<float>(count) + 0.5f);
}

}  // namespace

Rarity::Rarity() : all_log_(log_of(1)), counts_(kFeatures, 0), log_(kFeatures, log_of(0)) {}

void Rarity::set(std::size_t feature, std::uint32_t count) {
  counts_[feature] = count;
  log_[feature] = log_of(count);
}

void Rarity::count(std::span<const std::uint16_t> features) {
  if (++posts_ > kMostPosts) halve();
  all_log_ = log_of(posts_ + 1);
  for (const std::uint16_t feature : features) set(feature, counts_[feature] + 1);
}

void Rarity::halve() {
  posts_ /= 2;
  for (std::size_t i = 0; i < kFeatures; ++i) set(i, counts_[i] / 2);
}

std::string Rarity::save(std::size_t slice) const {
  state::BytesOut out;
  out.number(posts_);
  for (std::size_t i = slice * kSlice; i < (slice + 1) * kSlice; ++i) out.number(counts_[i]);
  return out.bytes();
}

void Rarity::load(std::size_t slice, std::string_view bytes) {
  if (slice >= kSlices) return;
  state::BytesIn in(bytes);
  posts_ = static_cast<std::uint32_t>(in.number());
  all_log_ = log_of(posts_ + 1);
  for (std::size_t i = slice * kSlice; i < (slice + 1) * kSlice; ++i) set(i, static_cast<std::uint32_t>(in.number()));
}

}  // namespace earshot::sketch
