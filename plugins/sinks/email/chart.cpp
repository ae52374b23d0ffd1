#include "email/chart.hpp"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace earshot::email {
namespace {

struct Colour {
  std::uint8_t red, green, blue;
};
constexpr Colour kPaper{255, 255, 255}, kExpected{176, 190, 205}, kInterval{96, 125, 155}, kObserved{214, 98, 32},
    kAxis{120, 120, 120};

class Canvas {
 public:
  Canvas() : pixels_(static_cast<std::size_t>(kChart.width * kChart.height), kPaper) {}

  void box(int left, int top, int right, int bottom, Colour colour) {
    for (int y = std::max(0, top); y < std::min(bottom, kChart.height); ++y)
      for (int x = std::max(0, left); x < std::min(right, kChart.width); ++x)
        pixels_[static_cast<std::size_t>(y * kChart.width + x)] = colour;
  }
  // A byte for the filter of each row, then its pixels.
  std::string rows() const {
    std::string out;
    for (int y = 0; y < kChart.height; ++y) {
      out += '\0';
      for (int x = 0; x < kChart.width; ++x) {
        const Colour& c = pixels_[static_cast<std::size_t>(y * kChart.width + x)];
        for (const std::uint8_t part : {c.red, c.green, c.blue}) out += static_cast<char>(part);
      }
    }
    return out;
  }

 private:
  std::vector<Colour> pixels_;
};

std::string big_endian(std::uint32_t number) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift & 0xFF);
  return out;
}

std::string chunk(const std::string& type, const std::string& data) {
  const std::string body = type + data;
  const auto sum = crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
  return big_endian(static_cast<std::uint32_t>(data.size())) + body + big_endian(static_cast<std::uint32_t>(sum));
}

std::string png(const Canvas& canvas) {
  const std::string rows = canvas.rows();
  uLongf size = compressBound(rows.size());
  std::string packed(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(rows.data()),
                rows.size(), 9) != Z_OK)
    return {};
  packed.resize(size);
  const std::string header = big_endian(kChart.width) + big_endian(kChart.height) + std::string("\x08\x02\0\0\0", 5);
  return "\x89PNG\r\n\x1A\n" + chunk("IHDR", header) + chunk("IDAT", packed) + chunk("IEND", "");
}

}  // namespace

std::string chart_png(const alert_book::Alert& a) {
  const double most = std::max({a.observed, a.expected, a.upper});
  if (!(most > 0) || !std::isfinite(most)) return {};
  const auto x = [&](double value) {
    return 4 + static_cast<int>(std::lround(std::clamp(value / most, 0.0, 1.0) * (kChart.width - 8)));
  };
  Canvas canvas;
  canvas.box(4, 6, std::max(x(a.observed), 6), 28, kObserved);
  canvas.box(4, 36, std::max(x(a.expected), 6), 58, kExpected);
  if (a.upper > a.lower) {
    canvas.box(x(a.lower), 46, x(a.upper), 48, kInterval);
    for (const double end : {a.lower, a.upper}) canvas.box(x(end) - 1, 41, x(end) + 1, 53, kInterval);
  }
  canvas.box(2, 2, 4, kChart.height - 2, kAxis);
  return png(canvas);
}

}  // namespace earshot::email
