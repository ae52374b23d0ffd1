// WebP by libwebp, which makes a large picture smaller while it decodes. Of an animation the first frame.
#include <webp/decode.h>
#include <webp/demux.h>

#include <algorithm>
#include <memory>

#include "earshot/error.hpp"
#include "media/decoders.hpp"
#include "media/exif.hpp"

namespace earshot::media {
namespace {

constexpr std::size_t kPiece = 64 << 10;  // bytes between two questions whether to go on
constexpr int kLossless = 2;

const std::uint8_t* raw(std::string_view bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

struct DemuxDelete {
  void operator()(WebPDemuxer* d) const { WebPDemuxDelete(d); }
};
struct DecoderDelete {
  void operator()(WebPIDecoder* d) const { WebPIDelete(d); }
};

struct Found {
  std::string_view frame;
  int turned = 1;
};

// The first frame and which way up it is. What is cut off is still taken apart as far as it goes.
Found first_frame(std::string_view bytes) {
  const WebPData data{raw(bytes), bytes.size()};
  WebPDemuxState state = WEBP_DEMUX_PARSE_ERROR;
  const std::unique_ptr<WebPDemuxer, DemuxDelete> demux(WebPDemuxPartial(&data, &state));
  Found found{bytes, 1};
  if (!demux) return found;
  WebPIterator frame;
  if (WebPDemuxGetFrame(demux.get(), 1, &frame) != 0) {
    found.frame = {reinterpret_cast<const char*>(frame.fragment.bytes), frame.fragment.size};
    WebPDemuxReleaseIterator(&frame);
  }
  WebPChunkIterator chunk;
  if (WebPDemuxGetChunk(demux.get(), "EXIF", 1, &chunk) != 0) {
    std::string_view exif(reinterpret_cast<const char*>(chunk.chunk.bytes), chunk.chunk.size);
    if (exif.starts_with(std::string_view("Exif\0\0", 6))) exif.remove_prefix(6);
    found.turned = orientation(exif);
    WebPDemuxReleaseChunkIterator(&chunk);
  }
  return found;
}

WebPBitstreamFeatures features_of(std::string_view frame) {
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(raw(frame), frame.size(), &features) != VP8_STATUS_OK)
    throw invalid("the WebP picture is broken in its header");
  return features;
}

Size size_of(const WebPBitstreamFeatures& features) {
  return {static_cast<std::uint32_t>(features.width), static_cast<std::uint32_t>(features.height)};
}

// How many rows were read into `output`.
std::uint32_t read_rows(std::string_view frame, WebPDecoderConfig& config, const Limits& limits,
                        VP8StatusCode& status) {
  const std::unique_ptr<WebPIDecoder, DecoderDelete> decoder(WebPIDecode(nullptr, 0, &config));
  if (!decoder) throw std::bad_alloc();
  status = VP8_STATUS_SUSPENDED;
  for (std::size_t have = 0; status == VP8_STATUS_SUSPENDED && have < frame.size();) {
    if (limits.cancelled()) throw cancelled();
    have = std::min(have + kPiece, frame.size());
    status = WebPIUpdate(decoder.get(), raw(frame), have);
  }
  int rows = 0;
  if (WebPIDecGetRGB(decoder.get(), &rows, nullptr, nullptr, nullptr) == nullptr) return 0;
  return static_cast<std::uint32_t>(std::max(rows, 0));
}

}  // namespace

Size measure_webp(std::string_view bytes) {
  const Found found = first_frame(bytes);
  const Size size = size_of(features_of(found.frame));
  return is_turned(found.turned) ? Size{size.height, size.width} : size;
}

Still decode_webp(std::string_view bytes, const Limits& limits) {
  const Found found = first_frame(bytes);
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0) throw Error(EAR_INTERNAL, "libwebp is of another version than its headers");
  config.input = features_of(found.frame);
  const Size original = size_of(config.input), wish = fitted(original, limits.shown_pixels);
  const bool through = config.input.has_alpha != 0;
  if (const std::uint64_t whole = original.pixels() * (config.input.format == kLossless ? 4 : 1);
      (through || config.input.format == kLossless) && whole > limits.working_bytes)
    throw unsupported("the WebP picture would take " + std::to_string(whole >> 20) + " MiB while it is decoded, of " +
                      std::to_string(limits.working_bytes >> 20) + " that it may");
  const int channels = through ? 4 : 3;
  std::vector<std::uint8_t> pixels(wish.pixels() * static_cast<std::size_t>(channels));
  config.options.use_scaling = wish == original ? 0 : 1;
  config.options.scaled_width = static_cast<int>(wish.width),
  config.options.scaled_height = static_cast<int>(wish.height);
  config.output.colorspace = through ? MODE_BGRA : MODE_BGR;
  config.output.is_external_memory = 1;
  config.output.u.RGBA = {pixels.data(), static_cast<int>(wish.width) * channels, pixels.size()};
  VP8StatusCode status = VP8_STATUS_OK;
  const std::uint32_t rows = read_rows(found.frame, config, limits, status);
  std::string fault;
  if (status == VP8_STATUS_OUT_OF_MEMORY) throw std::bad_alloc();
  if (status != VP8_STATUS_OK)
    fault = broken_off("WebP", rows, wish.height,
                       status == VP8_STATUS_SUSPENDED ? "the bytes end too early" : "they are wrong");
  Canvas canvas(wish, wish, channels);
  const std::uint32_t good = status == VP8_STATUS_OK ? wish.height : std::min(rows, wish.height);
  for (std::uint32_t y = 0; y < good; ++y)
    canvas.row(pixels.data() + std::size_t{y} * wish.width * static_cast<std::size_t>(channels));
  Still still = canvas.finish();
  still.original = original, still.fault = std::move(fault);
  return upright(std::move(still), found.turned);
}

std::string webp_library() {
  const int version = WebPGetDecoderVersion();
  return "libwebp " + std::to_string(version >> 16) + "." + std::to_string(version >> 8 & 0xFF) + "." +
         std::to_string(version & 0xFF);
}

}  // namespace earshot::media
