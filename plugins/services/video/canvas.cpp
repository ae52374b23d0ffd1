#include "video/canvas.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace earshot::video {
namespace {

// A plain picture of `shape` has these rows, aligned as the scaler likes it.
std::size_t stride_of(int width) {
  return (static_cast<std::size_t>(width) * 3 + 63) / 64 * 64;
}

Shape within(Shape shape, std::uint32_t most_pixels) {
  const double pixels = double{static_cast<double>(shape.width)} * shape.height;
  if (most_pixels == 0 || pixels <= most_pixels) return shape;
  const double scale = std::sqrt(most_pixels / pixels);
  return {std::max(1, static_cast<int>(shape.width * scale)), std::max(1, static_cast<int>(shape.height * scale))};
}

// What a screen of high dynamic range shows, for an ordinary one: 203 nits is white (ITU-R BT.2408), and what is
// brighter rolls off. For one 8-bit value of each colour; the wider gamut is left as it is.
std::array<std::uint8_t, 256> toned_down(AVColorTransferCharacteristic curve) {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double coded = static_cast<double>(i) / 255;
    double nits = 0;
    if (curve == AVCOL_TRC_SMPTE2084) {
      const double p = std::pow(coded, 1 / 78.84375);
      nits = 10'000 * std::pow(std::max(p - 0.8359375, 0.0) / (18.8515625 - 18.6875 * p), 1 / 0.1593017578125);
    } else {  // hybrid log-gamma; its system gamma for a screen of 1,000 nits
      const double scene =
          coded <= 0.5 ? coded * coded / 3 : (std::exp((coded - 0.55991073) / 0.17883277) + 0.28466892) / 12;
      nits = 1000 * std::pow(scene, 1.2);
    }
    const double light = nits / 203;
    const double shown = light <= 0.75 ? light : 0.75 + 0.25 * (1 - std::exp(-(light - 0.75)));
    table[i] = static_cast<std::uint8_t>(std::lround(255 * std::pow(std::min(shown, 1.0), 1 / 2.2)));
  }
  return table;
}

// The coefficients and ranges between stored brightness and colours.
void set_colours(SwsContext* scaler, const AVFrame& frame) {
  int matrix = SWS_CS_DEFAULT;
  if (frame.colorspace == AVCOL_SPC_BT709)
    matrix = SWS_CS_ITU709;
  else if (frame.colorspace == AVCOL_SPC_BT2020_NCL || frame.colorspace == AVCOL_SPC_BT2020_CL)
    matrix = SWS_CS_BT2020;
  else if (frame.colorspace == AVCOL_SPC_UNSPECIFIED && frame.height >= 720)
    matrix = SWS_CS_ITU709;
  const int full = frame.color_range == AVCOL_RANGE_JPEG ? 1 : 0;
  int* old = nullptr;
  int* old_to = nullptr;
  int from = 0, to = 0, brightness = 0, contrast = 1 << 16, saturation = 1 << 16;
  if (sws_getColorspaceDetails(scaler, &old, &from, &old_to, &to, &brightness, &contrast, &saturation) < 0) return;
  sws_setColorspaceDetails(scaler, sws_getCoefficients(matrix), from | full, sws_getCoefficients(SWS_CS_DEFAULT), to,
                           brightness, contrast, saturation);
}

}  // namespace

Turn turn_of(const AVStream& stream, const AVFrame* frame) {
  const std::int32_t* matrix = nullptr;
  if (const AVFrameSideData* side =
          frame == nullptr ? nullptr : av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
      side != nullptr && side->size >= 9 * sizeof(std::int32_t))
    matrix = reinterpret_cast<const std::int32_t*>(side->data);
  std::size_t size = 0;
  if (matrix == nullptr) {
    const std::uint8_t* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    if (data == nullptr || size < 9 * sizeof(std::int32_t)) return {};
    matrix = reinterpret_cast<const std::int32_t*>(data);
  }
  const auto sign = [](std::int32_t v) { return v > 1 << 15 ? 1 : v < -(1 << 15) ? -1 : 0; };
  const Turn turn{sign(matrix[0]), sign(matrix[3]), sign(matrix[1]), sign(matrix[4])};
  const bool right_angle = std::abs(turn.a) == std::abs(turn.d) && std::abs(turn.b) == std::abs(turn.c) &&
                           std::abs(turn.a) + std::abs(turn.b) == 1;
  return right_angle ? turn : Turn{};
}

Shape square_pixels(int width, int height, AVRational aspect) {
  const double ratio = aspect.num > 0 && aspect.den > 0 ? av_q2d(aspect) : 1;
  if (ratio < 0.2 || ratio > 5) return {width, height};  // nobody means that
  if (ratio >= 1) return {static_cast<int>(std::lround(width * ratio)), height};
  return {width, static_cast<int>(std::lround(height / ratio))};
}

ear_picture Canvas::draw(const AVFrame& frame, AVRational aspect, Turn by) {
  const Shape shape = within(square_pixels(frame.width, frame.height, aspect), most_pixels_);
  convert(frame, shape);
  ear_picture picture{};
  picture.size = sizeof picture;
  if (by.is_none()) {
    picture.width = static_cast<std::uint32_t>(shape.width), picture.height = static_cast<std::uint32_t>(shape.height);
    picture.pixels = straight_.data(), picture.stride = static_cast<std::uint32_t>(stride_);
    return picture;
  }
  turn(shape, by);
  const Shape upright = by.swaps_sides() ? Shape{shape.height, shape.width} : shape;
  picture.width = static_cast<std::uint32_t>(upright.width),
  picture.height = static_cast<std::uint32_t>(upright.height);
  picture.pixels = turned_.data(), picture.stride = picture.width * 3;
  return picture;
}

void Canvas::convert(const AVFrame& frame, Shape to) {
  const bool same = to.width == frame.width && to.height == frame.height;
  const bool smaller = to.width < frame.width || to.height < frame.height;
  const int how = same ? SWS_FAST_BILINEAR : smaller ? SWS_AREA : SWS_BILINEAR;
  scaler_.reset(sws_getCachedContext(scaler_.release(), frame.width, frame.height,
                                     static_cast<AVPixelFormat>(frame.format), to.width, to.height, AV_PIX_FMT_BGR24,
                                     how, nullptr, nullptr, nullptr));
  if (scaler_ == nullptr) throw invalid("its kind of pixels cannot be converted");
  set_colours(scaler_.get(), frame);
  stride_ = stride_of(to.width);
  straight_.resize(stride_ * static_cast<std::size_t>(to.height) + 64);
  std::uint8_t* const planes[4] = {straight_.data(), nullptr, nullptr, nullptr};
  const int strides[4] = {static_cast<int>(stride_), 0, 0, 0};
  if (sws_scale(scaler_.get(), frame.data, frame.linesize, 0, frame.height, planes, strides) <= 0)
    throw invalid("its pixels cannot be converted");
  if (frame.color_trc == AVCOL_TRC_SMPTE2084 || frame.color_trc == AVCOL_TRC_ARIB_STD_B67) {
    const std::array<std::uint8_t, 256> table = toned_down(frame.color_trc);
    for (std::uint8_t& value : straight_) value = table[value];
  }
}

void Canvas::turn(Shape from, Turn by) {
  const int width = by.swaps_sides() ? from.height : from.width, height = by.swaps_sides() ? from.width : from.height;
  turned_.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  // The inverse of a turn is its transpose: stored x = a X + c Y, stored y = b X + d Y, counted from the corner that
  // becomes the top left one.
  const auto stride = static_cast<std::ptrdiff_t>(stride_);
  const std::ptrdiff_t right = by.a * 3 + by.b * stride, down = by.c * 3 + by.d * stride;
  const std::ptrdiff_t first_x = by.a < 0 || by.c < 0 ? from.width - 1 : 0;
  const std::ptrdiff_t first_y = by.b < 0 || by.d < 0 ? from.height - 1 : 0;
  std::uint8_t* to = turned_.data();
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* at = straight_.data() + first_y * stride + first_x * 3 + y * down;
    for (int x = 0; x < width; ++x, at += right, to += 3) to[0] = at[0], to[1] = at[1], to[2] = at[2];
  }
}

}  // namespace earshot::video
