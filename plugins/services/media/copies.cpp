#include "media/copies.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace earshot::media {
namespace {

constexpr std::size_t kWaves = 8, kPoints = 32, kBlock = Likeness::kSide / kPoints;
constexpr int kMostBits = 10;       // of 64 by which the hashes of two copies differ
constexpr int kMostGrey = 9;        // levels by which a cell may differ; three letters of 14 px in 1024x768 make 10
constexpr double kMeanGrey = 1.25;  // and all of them in the mean
constexpr int kMostColour = 10;
constexpr double kMostLarger = 1.25;  // a larger one shows what the smaller one does not
constexpr double kProportion = 0.01;

// cos((2x+1) u pi / 2N), for u from 1.
std::array<std::array<float, kPoints>, kWaves> cosines() {
  std::array<std::array<float, kPoints>, kWaves> table;
  for (std::size_t u = 0; u < kWaves; ++u)
    for (std::size_t x = 0; x < kPoints; ++x)
      table[u][x] =
          static_cast<float>(std::cos(static_cast<double>((2 * x + 1) * (u + 1)) * std::numbers::pi / (2.0 * kPoints)));
  return table;
}

std::uint64_t hash_of(const Likeness& l) {
  static const auto kCosines = cosines();
  std::array<std::array<float, kWaves>, kPoints> rows{};  // [y][u]
  for (std::size_t y = 0; y < kPoints; ++y)
    for (std::size_t x = 0; x < kPoints; ++x) {
      int sum = 0;
      for (std::size_t dy = 0; dy < kBlock; ++dy)
        for (std::size_t dx = 0; dx < kBlock; ++dx)
          sum += l.grey[(y * kBlock + dy) * Likeness::kSide + x * kBlock + dx];
      for (std::size_t u = 0; u < kWaves; ++u) rows[y][u] += static_cast<float>(sum) * kCosines[u][x];
    }
  std::array<float, kWaves * kWaves> waves{};
  for (std::size_t y = 0; y < kPoints; ++y)
    for (std::size_t v = 0; v < kWaves; ++v)
      for (std::size_t u = 0; u < kWaves; ++u) waves[v * kWaves + u] += rows[y][u] * kCosines[v][y];
  auto sorted = waves;
  std::nth_element(sorted.begin(), sorted.begin() + sorted.size() / 2, sorted.end());
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < waves.size(); ++i)
    if (waves[i] > sorted[sorted.size() / 2]) hash |= std::uint64_t{1} << i;
  return hash;
}

template <std::size_t N>
bool within(const std::array<std::uint8_t, N>& a, const std::array<std::uint8_t, N>& b, int most, double mean) {
  int sum = 0;
  for (std::size_t i = 0; i < N; ++i) {
    const int apart = std::abs(int{a[i]} - int{b[i]});
    if (apart > most) return false;
    sum += apart;
  }
  return sum <= mean * N;
}

std::uint8_t colour_of(std::uint32_t colour, std::uint32_t light) {
  return static_cast<std::uint8_t>(std::clamp(128 + (static_cast<int>(colour) - static_cast<int>(light)) / 2, 0, 255));
}

}  // namespace

Likeness likeness(Size size, const std::uint8_t* pixels, std::size_t stride) {
  constexpr std::uint32_t kSide = Likeness::kSide, kCell = kSide / Likeness::kCoarse;
  Canvas canvas(size, {kSide, kSide}, 3);
  for (std::uint32_t y = 0; y < size.height; ++y) canvas.row(pixels + y * stride);
  const Still small = canvas.finish();
  Likeness l;
  l.size = size;
  std::array<std::array<std::uint32_t, 3>, Likeness::kCoarse * Likeness::kCoarse> coarse{};
  for (std::uint32_t y = 0; y < kSide; ++y)
    for (std::uint32_t x = 0; x < kSide; ++x) {
      const std::uint8_t* p = &small.pixels[(std::size_t{y} * kSide + x) * 3];
      l.grey[y * kSide + x] = static_cast<std::uint8_t>((p[0] * 29 + p[1] * 150 + p[2] * 77 + 128) >> 8);
      for (std::size_t c = 0; c < 3; ++c) coarse[y / kCell * Likeness::kCoarse + x / kCell][c] += p[c];
    }
  for (std::size_t i = 0; i < coarse.size(); ++i) {
    const auto [b, g, r] = coarse[i];
    const std::uint32_t light = (b * 29 + g * 150 + r * 77) >> 8, n = kCell * kCell;
    l.blue[i] = colour_of(b / n, light / n), l.red[i] = colour_of(r / n, light / n);
  }
  l.hash = hash_of(l);
  return l;
}

bool is_copy(const Likeness& before, const Likeness& later) {
  const double across = static_cast<double>(later.size.width) / before.size.width,
               down = static_cast<double>(later.size.height) / before.size.height;
  if (across > kMostLarger || down > kMostLarger) return false;
  if (std::abs(across / down - 1) > kProportion + 1.0 / std::min(later.size.width, later.size.height)) return false;
  return within(before.grey, later.grey, kMostGrey, kMeanGrey) && within(before.blue, later.blue, kMostColour, 255) &&
         within(before.red, later.red, kMostColour, 255);
}

std::uint64_t Copies::look(Size size, const std::uint8_t* pixels, std::size_t stride) {
  if (most_ == 0) {
    const std::lock_guard hold(mutex_);
    return ++last_;
  }
  const Likeness l = likeness(size, pixels, stride);
  const std::lock_guard hold(mutex_);
  for (std::size_t i = 0; i < hashes_.size(); ++i)
    if (std::popcount(hashes_[i] ^ l.hash) <= kMostBits && is_copy(seen_[i].likeness, l))
      return ++found_, seen_[i].look;
  if (seen_.size() < most_) {
    hashes_.push_back(l.hash), seen_.push_back({l, ++last_});
    return last_;
  }
  hashes_[next_] = l.hash, seen_[next_] = {l, ++last_};
  next_ = (next_ + 1) % most_;
  return last_;
}

std::uint64_t Copies::found() const {
  const std::lock_guard hold(mutex_);
  return found_;
}

}  // namespace earshot::media
