// GIF by giflib: the first frame, on the canvas that it belongs to.
#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "earshot/error.hpp"
#include "media/decoders.hpp"

namespace earshot::media {
namespace {

constexpr std::uint32_t kMostLines = 64;
constexpr int kMostExtensions = 1000;  // before the first frame

struct Close {
  void operator()(GifFileType* gif) const { DGifCloseFile(gif, nullptr); }
};

int read(GifFileType* gif, GifByteType* to, int count) {
  auto& left = *static_cast<std::string_view*>(gif->UserData);
  const std::size_t n = std::min(left.size(), static_cast<std::size_t>(std::max(count, 0)));
  std::memcpy(to, left.data(), n);
  left.remove_prefix(n);
  return static_cast<int>(n);
}

std::string why(int code) {
  const char* text = GifErrorString(code);
  return text != nullptr ? text : "the bytes are broken";
}

[[noreturn]] void fail(const GifFileType& gif) {
  throw invalid("the GIF picture is broken before its first frame: " + why(gif.Error));
}

// Skips to the first frame; which colour is none, or -1.
int to_first_frame(GifFileType& gif) {
  int through = NO_TRANSPARENT_COLOR;
  for (int i = 0; i < kMostExtensions; ++i) {
    GifRecordType type = UNDEFINED_RECORD_TYPE;
    if (DGifGetRecordType(&gif, &type) == GIF_ERROR) fail(gif);
    if (type == IMAGE_DESC_RECORD_TYPE) {
      if (DGifGetImageDesc(&gif) == GIF_ERROR) fail(gif);
      return through;
    }
    if (type != EXTENSION_RECORD_TYPE) break;
    int code = 0;
    GifByteType* block = nullptr;
    if (DGifGetExtension(&gif, &code, &block) == GIF_ERROR) fail(gif);
    for (bool first = true; block != nullptr; first = false) {
      GraphicsControlBlock control;
      if (first && code == GRAPHICS_EXT_FUNC_CODE && DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
        through = control.TransparentColor;
      if (DGifGetExtensionNext(&gif, &block) == GIF_ERROR) fail(gif);
    }
  }
  throw invalid("the GIF picture holds no frame");
}

using Palette = std::array<std::array<std::uint8_t, 4>, 256>;

Palette palette_of(const GifFileType& gif, int through) {
  const ColorMapObject* colours = gif.Image.ColorMap != nullptr ? gif.Image.ColorMap : gif.SColorMap;
  if (colours == nullptr) throw invalid("the GIF picture names no colours");
  Palette palette{};
  for (int i = 0; i < 256; ++i) {
    const GifColorType c = i < colours->ColorCount ? colours->Colors[i] : GifColorType{0, 0, 0};
    const std::uint8_t opaque = i == through ? 0 : 255;
    palette[static_cast<std::size_t>(i)] = {c.Blue, c.Green, c.Red, opaque};
  }
  return palette;
}

// The rows in the order in which an interlaced GIF has them.
std::vector<std::uint32_t> order_of(std::uint32_t height, bool interlaced) {
  std::vector<std::uint32_t> order;
  if (!interlaced) {
    for (std::uint32_t y = 0; y < height; ++y) order.push_back(y);
    return order;
  }
  constexpr std::array<std::array<std::uint32_t, 2>, 4> kPasses{{{0, 8}, {4, 8}, {2, 4}, {1, 2}}};
  for (const auto& [first, step] : kPasses)
    for (std::uint32_t y = first; y < height; y += step) order.push_back(y);
  return order;
}

// The indices of the frame; fewer rows were read than there are: `rows` says how many.
std::vector<GifPixelType> read_frame(GifFileType& gif, const Limits& limits, std::uint32_t& rows) {
  const auto width = static_cast<std::uint32_t>(gif.Image.Width), height = static_cast<std::uint32_t>(gif.Image.Height);
  if (const std::uint64_t bytes = std::uint64_t{width} * height; bytes > limits.working_bytes)
    throw unsupported("the GIF picture would take " + std::to_string(bytes >> 20) + " MiB while it is decoded, of " +
                      std::to_string(limits.working_bytes >> 20) + " that it may");
  std::vector<GifPixelType> all(std::size_t{width} * height);
  rows = 0;
  for (const std::uint32_t y : order_of(height, gif.Image.Interlace)) {
    if (rows % kMostLines == 0 && limits.cancelled()) throw cancelled();
    if (DGifGetLine(&gif, all.data() + std::size_t{y} * width, gif.Image.Width) == GIF_ERROR) break;
    ++rows;
  }
  return all;
}

}  // namespace

Size measure_gif(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
  if (bytes.size() < 10) throw invalid("the GIF picture is broken: it ends within its header");
  return {at(6) | at(7) << 8, at(8) | at(9) << 8};
}

Still decode_gif(std::string_view bytes, const Limits& limits) {
  std::string_view left = bytes;
  int code = 0;
  const std::unique_ptr<GifFileType, Close> gif(DGifOpen(&left, read, &code));
  if (!gif) throw invalid("the GIF picture is broken in its header: " + why(code));
  const int through = to_first_frame(*gif);
  const GifImageDesc& frame = gif->Image;
  if (frame.Width <= 0 || frame.Height <= 0) throw invalid("the GIF picture is broken: its first frame is empty");
  const auto side = [](int screen, int begin, int length) {
    return static_cast<std::uint32_t>(std::max(screen, begin + length));
  };
  const Size size{side(gif->SWidth, frame.Left, frame.Width), side(gif->SHeight, frame.Top, frame.Height)};
  judge_size(size, bytes.size(), limits);
  const Palette palette = palette_of(*gif, through);
  std::uint32_t rows = 0;
  const std::vector<GifPixelType> indices = read_frame(*gif, limits, rows);
  const auto left_edge = static_cast<std::uint32_t>(frame.Left), top = static_cast<std::uint32_t>(frame.Top),
             width = static_cast<std::uint32_t>(frame.Width), height = static_cast<std::uint32_t>(frame.Height);
  std::string fault;
  if (rows < height) fault = broken_off("GIF", rows, height, why(gif->Error));
  const std::uint32_t shown = frame.Interlace ? height : rows;

  Canvas canvas(size, fitted(size, limits.shown_pixels), 4);
  std::vector<std::uint8_t> line(std::size_t{size.width} * 4);
  for (std::uint32_t y = 0; y < size.height; ++y) {
    if (y % kMostLines == 0 && limits.cancelled()) throw cancelled();
    std::fill(line.begin(), line.end(), std::uint8_t{0});
    if (y >= top && y - top < shown)
      for (std::uint32_t x = 0; x < width; ++x)
        std::memcpy(&line[(std::size_t{left_edge} + x) * 4], palette[indices[std::size_t{y - top} * width + x]].data(),
                    4);
    canvas.row(line.data());
  }
  Still still = canvas.finish();
  still.fault = std::move(fault);
  return still;
}

std::string gif_library() {
  return "giflib " + std::to_string(GIFLIB_MAJOR) + "." + std::to_string(GIFLIB_MINOR) + "." +
         std::to_string(GIFLIB_RELEASE);
}

}  // namespace earshot::media
