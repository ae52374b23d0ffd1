// What a file is.
#include <array>
#include <cstring>
#include <string_view>

#include "video/canvas.hpp"
#include "video/taking.hpp"

namespace earshot::video {
namespace {

constexpr std::int64_t kMostLookedThrough = 3;  // seconds of work, for a duration that no header tells

struct TypeName {
  std::string_view container, video, audio;
};
constexpr std::array<TypeName, 33> kTypes{{
    {"aac", "", "audio/aac"},
    {"ac3", "", "audio/ac3"},
    {"aiff", "", "audio/aiff"},
    {"amr", "", "audio/amr"},
    {"asf", "video/x-ms-asf", "audio/x-ms-wma"},
    {"au", "", "audio/basic"},
    {"avi", "video/x-msvideo", "audio/x-msvideo"},
    {"bmp_pipe", "image/bmp", ""},
    {"caf", "", "audio/x-caf"},
    {"flac", "", "audio/flac"},
    {"flv", "video/x-flv", "audio/x-flv"},
    {"gif", "image/gif", ""},
    {"j2k_pipe", "image/jp2", ""},
    {"jpeg_pipe", "image/jpeg", ""},
    {"mov,mp4,m4a,3gp,3g2,mj2", "video/mp4", "audio/mp4"},
    {"mp3", "audio/mpeg", "audio/mpeg"},
    {"mpeg", "video/mpeg", "audio/mpeg"},
    {"mpegts", "video/mp2t", "audio/mp2t"},
    {"ogg", "video/ogg", "audio/ogg"},
    {"apng", "image/apng", ""},
    {"pbm_pipe", "image/x-portable-bitmap", ""},
    {"pcx_pipe", "image/x-pcx", ""},
    {"pgm_pipe", "image/x-portable-graymap", ""},
    {"png_pipe", "image/png", ""},
    {"ppm_pipe", "image/x-portable-pixmap", ""},
    {"sgi_pipe", "image/sgi", ""},
    {"tiff_pipe", "image/tiff", ""},
    {"wav", "", "audio/wav"},
    {"webp_pipe", "image/webp", ""},
    {"srt", "", "application/x-subrip"},
    {"webvtt", "", "text/vtt"},
    {"ass", "", "text/x-ssa"},
    {"wv", "", "audio/x-wavpack"},
}};

bool is_of_webm(const AVStream* stream) {
  if (stream == nullptr) return true;
  switch (stream->codecpar->codec_id) {
    case AV_CODEC_ID_VP8:
    case AV_CODEC_ID_VP9:
    case AV_CODEC_ID_AV1:
    case AV_CODEC_ID_VORBIS:
    case AV_CODEC_ID_OPUS:
      return true;
    default:
      return false;
  }
}

std::string type_of(const File& file, std::uint32_t kind) {
  const std::string container = file.container();
  const std::string family = kind == EAR_MEDIA_IMAGE ? "image/" : kind == EAR_MEDIA_VIDEO ? "video/" : "audio/";
  if (container == "matroska,webm")
    return family + (is_of_webm(file.pictures()) && is_of_webm(file.sound()) ? "webm" : "x-matroska");
  for (const TypeName& name : kTypes)
    if (name.container == container) {
      const std::string_view type = kind == EAR_MEDIA_IMAGE || kind == EAR_MEDIA_VIDEO ? name.video : name.audio;
      if (!type.empty()) return std::string(type);
    }
  std::string name = container.substr(0, container.find(','));
  if (name.ends_with("_pipe")) name.resize(name.size() - 5);
  return family + "x-" + name;
}

// The end of the last packet; 0 where the file is too long to look.
std::int64_t last_time(File& file, const AVStream& stream) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point until = Clock::now() + std::chrono::seconds(kMostLookedThrough);
  file.want({&stream});
  const Packet packet = make_packet();
  std::int64_t last = 0;
  while (file.next(*packet)) {
    if (const auto at = file.time(packet->pts, stream.time_base))
      last = std::max(last, *at + av_rescale_q(packet->duration, stream.time_base, {1, 1'000'000'000}));
    if (Clock::now() > until) return 0;
  }
  return last;
}

}  // namespace

ear_video probe(File& file) {
  const AVStream* pictures = file.pictures();
  ear_video video{};
  video.size = sizeof video;
  if (pictures != nullptr) video.parts |= EAR_HAS_PICTURES;
  if (file.sound() != nullptr) video.parts |= EAR_HAS_SOUND;
  if (!file.captions().empty()) video.parts |= EAR_HAS_CAPTIONS;
  if (video.parts == 0) {
    if (file.context().nb_streams == 0) throw invalid("it has neither sound nor pictures");
    throw unsupported(
        "nothing in it can be decoded here: its coding is not one that is known, or its pictures are larger than is "
        "allowed (the service's option 'most_pixels')");
  }
  const bool cover = pictures != nullptr && file.is_cover(*pictures);
  video.kind = file.is_picture()               ? std::uint32_t{EAR_MEDIA_IMAGE}
               : pictures != nullptr && !cover ? std::uint32_t{EAR_MEDIA_VIDEO}
               : file.sound() != nullptr       ? std::uint32_t{EAR_MEDIA_AUDIO}
                                               : std::uint32_t{EAR_MEDIA_OTHER};
  earshot::detail::copy_text(video.type, type_of(file, video.kind));
  if (pictures != nullptr) {
    const AVCodecParameters& is = *pictures->codecpar;
    const AVRational aspect =
        pictures->sample_aspect_ratio.num > 0 ? pictures->sample_aspect_ratio : is.sample_aspect_ratio;
    const Shape shape = square_pixels(is.width, is.height, aspect);
    const bool swapped = turn_of(*pictures, nullptr).swaps_sides();
    video.width = swapped ? shape.height : shape.width, video.height = swapped ? shape.width : shape.height;
  }
  if (video.kind == EAR_MEDIA_IMAGE) return video;
  video.duration = file.duration();
  const AVStream* told_by = pictures != nullptr && !cover ? pictures : file.sound();
  if (video.duration == 0 && told_by != nullptr) video.duration = last_time(file, *told_by);
  return video;
}

}  // namespace earshot::video
