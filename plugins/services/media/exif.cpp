#include "media/exif.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace earshot::media {
namespace {

constexpr std::uint32_t kOrientation = 0x0112, kMostTags = 512;

class Tiff {
 public:
  explicit Tiff(std::string_view bytes) : bytes_(bytes), big_(bytes.starts_with("MM")) {}
  bool is_one() const { return bytes_.size() >= 8 && (bytes_.starts_with("II*") || bytes_.starts_with("MM")); }
  // 0 where that lies outside.
  std::uint32_t number(std::size_t at, std::size_t length) const {
    if (at > bytes_.size() || bytes_.size() - at < length) return 0;
    std::uint32_t n = 0;
    for (std::size_t i = 0; i < length; ++i)
      n = n << 8 | static_cast<unsigned char>(bytes_[at + (big_ ? i : length - 1 - i)]);
    return n;
  }

 private:
  std::string_view bytes_;
  bool big_;
};

}  // namespace

int orientation(std::string_view bytes) {
  const Tiff tiff(bytes);
  if (!tiff.is_one()) return 1;
  const std::size_t directory = tiff.number(4, 4);
  const std::uint32_t count = std::min(tiff.number(directory, 2), kMostTags);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t entry = directory + 2 + std::size_t{i} * 12;
    if (tiff.number(entry, 2) != kOrientation) continue;
    const std::uint32_t value = tiff.number(entry + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

Still upright(Still still, int turned) {
  if (turned <= 1 || turned > 8) return still;
  const Size in = still.size;
  const Size out = is_turned(turned) ? Size{in.height, in.width} : in;
  std::vector<std::uint8_t> pixels(still.pixels.size());
  for (std::uint32_t y = 0; y < out.height; ++y)
    for (std::uint32_t x = 0; x < out.width; ++x) {
      std::uint32_t from_x = is_turned(turned) ? y : x, from_y = is_turned(turned) ? x : y;
      if (turned == 2 || turned == 3 || turned == 7 || turned == 8) from_x = in.width - 1 - from_x;
      if (turned == 3 || turned == 4 || turned == 6 || turned == 7) from_y = in.height - 1 - from_y;
      std::memcpy(&pixels[(std::size_t{y} * out.width + x) * 3],
                  &still.pixels[(std::size_t{from_y} * in.width + from_x) * 3], 3);
    }
  still.size = out, still.pixels = std::move(pixels);
  if (is_turned(turned)) std::swap(still.original.width, still.original.height);
  return still;
}

}  // namespace earshot::media
