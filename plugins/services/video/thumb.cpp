#include "video/thumb.hpp"

#include <algorithm>

namespace earshot::video {
namespace {

constexpr int kSide = 160;     // of a look, at most
constexpr int kEachRow = 2;    // is read for the grey picture
constexpr int kEachSharp = 8;  // is read for the sharpness

// Where the brightness of a frame lies.
struct Brightness {
  const AVComponentDescriptor* component = nullptr;  // nullptr: nowhere by itself
};

Brightness brightness(const AVFrame& frame) {
  const AVPixFmtDescriptor* is = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  constexpr std::uint64_t kOther = AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM |
                                   AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_FLOAT |
                                   AV_PIX_FMT_FLAG_BAYER;
  if (is == nullptr || (is->flags & kOther) != 0 || is->nb_components == 0) return {};
  const AVComponentDescriptor& y = is->comp[0];
  if (y.depth < 8 || y.depth > 16 || y.shift + y.depth > 16) return {};
  return {&y};
}

// A row of brightness, 8 bits each: as it lies, or brought to `into`.
const std::uint8_t* row_of(const AVFrame& frame, const AVComponentDescriptor& y, int row,
                           std::vector<std::uint8_t>& into) {
  const std::uint8_t* from =
      frame.data[y.plane] + static_cast<std::ptrdiff_t>(row) * frame.linesize[y.plane] + y.offset;
  if (y.depth == 8 && y.shift == 0 && y.step == 1) return from;
  into.resize(static_cast<std::size_t>(frame.width));
  const int shift = y.depth > 8 ? y.shift + y.depth - 8 : y.shift;
  for (int x = 0; x < frame.width; ++x) {
    const std::uint8_t* at = from + static_cast<std::ptrdiff_t>(x) * y.step;
    const int value = y.depth > 8 ? at[0] | at[1] << 8 : at[0];
    into[static_cast<std::size_t>(x)] = static_cast<std::uint8_t>(value >> shift);
  }
  return into.data();
}

void add_row(const std::uint8_t* row, int width, std::uint32_t* sums) {
  for (int x = 0; x < width; ++x) sums[x] += row[x];
}

std::uint64_t squared_steps(const std::uint8_t* row, int width) {
  std::uint32_t sum = 0;  // 65,000 steps of 255 squared fit
  for (int x = 1; x < width; ++x) {
    const int step = row[x] - row[x - 1];
    sum += static_cast<std::uint32_t>(step * step);
  }
  return sum;
}

}  // namespace

Look Thumb::look(const AVFrame& frame) {
  const AVComponentDescriptor* y = brightness(frame).component;
  if (y == nullptr) return scaled(frame);
  const int block = (std::max(frame.width, frame.height) + kSide - 1) / kSide;
  Look look;
  look.width = std::max(1, frame.width / block), look.height = std::max(1, frame.height / block);
  look.grey.resize(static_cast<std::size_t>(look.width) * static_cast<std::size_t>(look.height));
  sums_.resize(static_cast<std::size_t>(frame.width));
  const int wide = std::min(block, frame.width), high = std::min(block, frame.height);
  std::uint64_t steps = 0;
  std::int64_t step_rows = 0;
  for (int ty = 0; ty < look.height; ++ty) {
    std::fill(sums_.begin(), sums_.end(), 0u);
    std::uint32_t rows = 0;
    for (int i = 0; i < high; i += kEachRow, ++rows) {
      const int at = ty * block + i;
      const std::uint8_t* row = row_of(frame, *y, at, row_);
      add_row(row, frame.width, sums_.data());
      if (at % kEachSharp == 0) steps += squared_steps(row, frame.width), ++step_rows;
    }
    const std::uint32_t count = rows * static_cast<std::uint32_t>(wide);
    for (int tx = 0; tx < look.width; ++tx) {
      std::uint32_t sum = 0;
      for (int i = 0; i < wide; ++i) sum += sums_[static_cast<std::size_t>(tx * block + i)];
      look.grey[static_cast<std::size_t>(ty * look.width + tx)] = static_cast<std::uint8_t>(sum / count);
    }
  }
  look.sharpness = static_cast<double>(steps) / static_cast<double>(std::max<std::int64_t>(1, step_rows * frame.width));
  return look;
}

Look Thumb::scaled(const AVFrame& frame) {
  const int most = std::max(frame.width, frame.height);
  Look look;
  look.width = std::max(1, most <= kSide ? frame.width : frame.width * kSide / most);
  look.height = std::max(1, most <= kSide ? frame.height : frame.height * kSide / most);
  const int stride = (look.width + 63) / 64 * 64;
  std::vector<std::uint8_t> grey(static_cast<std::size_t>(stride) * static_cast<std::size_t>(look.height) + 64);
  scaler_.reset(sws_getCachedContext(scaler_.release(), frame.width, frame.height,
                                     static_cast<AVPixelFormat>(frame.format), look.width, look.height,
                                     AV_PIX_FMT_GRAY8, SWS_AREA, nullptr, nullptr, nullptr));
  if (scaler_ == nullptr) return {};  // differs from everything
  std::uint8_t* const to[4] = {grey.data(), nullptr, nullptr, nullptr};
  const int strides[4] = {stride, 0, 0, 0};
  sws_scale(scaler_.get(), frame.data, frame.linesize, 0, frame.height, to, strides);
  std::uint64_t steps = 0;
  for (int y = 0; y < look.height; ++y) {
    const std::uint8_t* row = grey.data() + static_cast<std::ptrdiff_t>(y) * stride;
    look.grey.insert(look.grey.end(), row, row + look.width);
    steps += squared_steps(row, look.width);
  }
  look.sharpness = static_cast<double>(steps) / (look.width * look.height);
  return look;
}

}  // namespace earshot::video
