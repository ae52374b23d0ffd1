#include "media/canvas.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace earshot::media {
namespace {

constexpr std::uint8_t kGrey = 128, kWhite = 255, kDark = 32;

// Multiplies colours by how opaque they are, so that means of them are right.
void premultiply(const std::uint8_t* from, std::uint8_t* to, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i, from += 4, to += 4) {
    const std::uint32_t alpha = from[3];
    for (int c = 0; c < 3; ++c) to[c] = static_cast<std::uint8_t>((from[c] * alpha + 127) / 255);
    to[3] = from[3];
  }
}

}  // namespace

Size fitted(Size size, std::uint64_t most) {
  if (size.pixels() <= most) return size;
  const double scale = std::sqrt(static_cast<double>(most) / static_cast<double>(size.pixels()));
  const auto side = [&](std::uint32_t n) { return std::max(1u, static_cast<std::uint32_t>(n * scale)); };
  return {side(size.width), side(size.height)};
}

Canvas::Canvas(Size from, Size to, int channels)
    : from_(from), to_(to), channels_(static_cast<std::size_t>(channels)), plain_(from == to) {
  pixels_.resize(to.pixels() * channels_);
  if (channels_ == 4) premultiplied_.resize(std::size_t{from.width} * 4);
  if (plain_) return;
  line_.resize(to.width * channels_), sums_.resize(to.width * channels_);
  spans_.reserve(to.width);
  const double ratio = static_cast<double>(from.width) / to.width;
  for (std::uint32_t x = 0; x < to.width; ++x) {
    const double begin = x * ratio, end = std::min<double>((x + 1) * ratio, from.width);
    const auto first = static_cast<std::uint32_t>(begin);
    const auto last = std::min(static_cast<std::uint32_t>(std::ceil(end)) - 1, from.width - 1);
    if (last <= first)
      spans_.push_back({first, first, static_cast<float>(end - begin), 0});
    else
      spans_.push_back({first, last, static_cast<float>(first + 1 - begin), static_cast<float>(end - last)});
  }
}

void Canvas::across(const std::uint8_t* pixels) {
  const std::size_t n = channels_;
  float* out = line_.data();
  for (const Span& s : spans_) {
    std::uint32_t inner[4] = {0, 0, 0, 0};
    const std::uint8_t* at = pixels + (std::size_t{s.first} + 1) * n;
    for (std::uint32_t x = s.first + 1; x < s.last; ++x, at += n)
      for (std::size_t c = 0; c < n; ++c) inner[c] += at[c];
    const std::uint8_t *first = pixels + s.first * n, *last = pixels + s.last * n;
    for (std::size_t c = 0; c < n; ++c)
      out[c] = static_cast<float>(inner[c]) + first[c] * s.weight_first + last[c] * s.weight_last;
    out += n;
  }
}

void Canvas::put(const float* sums, float scale) {
  if (out_ >= to_.height) return;
  std::uint8_t* to = pixels_.data() + std::size_t{out_++} * to_.width * channels_;
  for (std::size_t i = 0; i < to_.width * channels_; ++i)
    to[i] = static_cast<std::uint8_t>(std::clamp(sums[i] * scale + 0.5F, 0.0F, 255.0F));
}

void Canvas::row(const std::uint8_t* pixels) {
  if (rows_ >= from_.height) return;
  if (channels_ == 4) {
    premultiply(pixels, premultiplied_.data(), from_.width);
    pixels = premultiplied_.data();
  }
  if (plain_) {
    std::memcpy(pixels_.data() + std::size_t{rows_++} * from_.width * channels_, pixels, from_.width * channels_);
    return;
  }
  across(pixels);
  const double ratio = static_cast<double>(from_.height) / to_.height;
  const auto scale =
      static_cast<float>(static_cast<double>(to_.width) * to_.height / static_cast<double>(from_.pixels()));
  const double top = rows_, bottom = ++rows_;
  while (out_ < to_.height) {
    const double end = out_ + 1 == to_.height ? from_.height : (out_ + 1) * ratio;
    const auto weight = static_cast<float>(std::min(bottom, end) - std::max(top, out_ * ratio));
    if (weight > 0)
      for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += line_[i] * weight;
    if (end > bottom) return;
    put(sums_.data(), scale);
    std::fill(sums_.begin(), sums_.end(), 0.0F);
  }
}

std::vector<std::uint8_t> Canvas::flat() const {
  double light = 0, opaque = 0;
  for (std::size_t i = 0; i < pixels_.size(); i += 4)
    light += pixels_[i] * 0.114 + pixels_[i + 1] * 0.587 + pixels_[i + 2] * 0.299, opaque += pixels_[i + 3];
  const bool some_through = opaque < 0.95 * 255 * static_cast<double>(pixels_.size() / 4);
  const std::uint32_t ground = some_through && light > 0.8 * opaque ? kDark : kWhite;
  std::vector<std::uint8_t> to(pixels_.size() / 4 * 3);
  for (std::size_t i = 0, o = 0; i < pixels_.size(); i += 4, o += 3)
    for (std::size_t c = 0; c < 3; ++c)
      to[o + c] =
          static_cast<std::uint8_t>(std::min(255u, pixels_[i + c] + ((255u - pixels_[i + 3]) * ground + 127) / 255));
  return to;
}

Still Canvas::finish() {
  const std::uint32_t made = plain_ ? rows_ : out_;
  std::fill(pixels_.begin() + static_cast<std::ptrdiff_t>(std::size_t{made} * to_.width * channels_), pixels_.end(),
            kGrey);
  return {to_, channels_ == 4 ? flat() : std::move(pixels_), from_, {}};
}

}  // namespace earshot::media
