#include "media/still.hpp"

#include "earshot/error.hpp"
#include "media/decoders.hpp"

namespace earshot::media {
namespace {

constexpr std::uint64_t kHarmless = 16'000'000;  // pixels that may come of however few bytes
constexpr std::uint64_t kDensest = 1000;         // pixels a byte; a blank page as PNG has about as many

}  // namespace

Size measured(Format format, std::string_view bytes) {
  const Size size = format == Format::jpeg   ? measure_jpeg(bytes)
                    : format == Format::png  ? measure_png(bytes)
                    : format == Format::webp ? measure_webp(bytes)
                                             : measure_gif(bytes);
  if (size.pixels() == 0) throw invalid("the picture is broken: its width or height is 0");
  return size;
}

void judge_size(Size size, std::size_t bytes, const Limits& limits) {
  const std::string says = "the picture is " + std::to_string(size.width) + "x" + std::to_string(size.height);
  if (size.pixels() > limits.most_pixels)
    throw unsupported(says + " pixels large, and at most " + std::to_string(limits.most_pixels) +
                      " are accepted (option `most_pixels` of the service media)");
  if (size.pixels() > kHarmless && size.pixels() / kDensest > bytes)
    throw unsupported(says + " pixels out of " + std::to_string(bytes) +
                      " bytes, as a decompression bomb is, and is not unpacked");
}

Still decoded(Format format, std::string_view bytes, const Limits& limits) {
  judge_size(measured(format, bytes), bytes.size(), limits);
  switch (format) {
    case Format::jpeg:
      return decode_jpeg(bytes, limits);
    case Format::png:
      return decode_png(bytes, limits);
    case Format::webp:
      return decode_webp(bytes, limits);
    case Format::gif:
      return decode_gif(bytes, limits);
    case Format::other:
    case Format::unknown:
    case Format::refused:
      break;
  }
  throw unsupported("this is no picture that is decoded here");
}

std::string broken_off(std::string_view kind, std::uint32_t rows, std::uint32_t all, std::string_view why) {
  if (rows == 0)
    throw invalid("the " + std::string(kind) + " picture is broken, nothing of it can be read: " + std::string(why));
  return "the " + std::string(kind) + " picture is broken after " +
         std::to_string(std::uint64_t{rows} * 100 / std::max(1u, all)) + " % of its rows: " + std::string(why);
}

std::string libraries() {
  return jpeg_library() + ", " + png_library() + ", " + webp_library() + ", " + gif_library();
}

}  // namespace earshot::media
