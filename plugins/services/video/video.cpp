// video: the service earshot.video/1: files of sound and video taken apart by FFmpeg's libraries.
#include <earshot/services/video.h>
#include <earshot/service.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "video/av.hpp"
#include "video/taking.hpp"

namespace earshot::video {
namespace {

struct VideoOptions {
  std::int64_t most_pixels;
  int threads;
  Duration time_limit;
  static constexpr auto schema() {
    using O = VideoOptions;
    return earshot::schema(
        option<&O::most_pixels>("most_pixels", "Larger pictures are not decoded; three of them are in memory at times",
                                {.fallback = "16777216", .min = 4096, .max = 268435456}),
        option<&O::threads>("threads", "Threads of one decoder", {.fallback = "1", .min = 1, .max = 16}),
        option<&O::time_limit>("time_limit", "One file may take so long to take apart, without the time of detectors",
                               {.fallback = "30m", .min = 1, .max = 86400}));
  }
};

class Video : public Service<VideoOptions> {
 public:
  static constexpr Info info{"video", "Takes files of sound and video apart, for the media service"};
  static constexpr const char* offers[] = {EAR_VIDEO_1, nullptr};

  void start();
  const void* table(std::string_view id) { return id == EAR_VIDEO_1 ? &table_ : nullptr; }

 private:
  // Opens `path` and calls `take(file)`. [any]
  template <class Take>
  static ear_status with_file(void* ctx, ear_str path, ear_error* error, Take&& take) noexcept {
    return earshot::detail::guarded(error, [&] {
      const Video& self = *static_cast<const Video*>(ctx);
      const LogTo log(self.host());
      Watch watch(self.host(), self.options().time_limit);
      File file(std::string(view(path)), {self.options().most_pixels, self.options().threads}, watch);
      take(file);
      return ear_status{EAR_OK};
    });
  }
  static Wish wish_of(const ear_video_wish& raw) {
    constexpr std::int64_t kLeastSpacing = 40'000'000;  // nanoseconds
    Wish wish;
    wish.most_pixels = raw.most_pixels;
    if (raw.spacing > 0) wish.spacing = std::max(raw.spacing, kLeastSpacing);
    if (raw.at_most > 0) wish.at_most = std::min(raw.at_most, kMostTime);
    return wish;
  }

  static ear_status probe_file(void* ctx, ear_str path, ear_video* video, ear_error* error) noexcept {
    return with_file(ctx, path, error, [&](File& file) { *video = probe(file); });
  }
  static ear_status pictures_of(void* ctx, ear_str path, const ear_video_wish* wish,
                                std::int32_t (*show)(void*, const ear_picture*), void* user,
                                ear_error* error) noexcept {
    return with_file(ctx, path, error, [&](File& file) {
      pictures(file, wish_of(*wish), [&](const ear_picture& picture) { return show(user, &picture) != 0; });
    });
  }
  static ear_status sound_of(void* ctx, ear_str path, const ear_video_wish* wish,
                             std::int32_t (*show)(void*, const ear_sound*), void* user, ear_error* error) noexcept {
    return with_file(ctx, path, error, [&](File& file) {
      sound(file, wish_of(*wish), [&](const ear_sound& part) { return show(user, &part) != 0; });
    });
  }
  static ear_status captions_of(void* ctx, ear_str path, std::int32_t (*show)(void*, const ear_caption*), void* user,
                                ear_error* error) noexcept {
    return with_file(ctx, path, error, [&](File& file) {
      captions(file, [&](const ear_caption& caption) { return show(user, &caption) != 0; });
    });
  }

  ear_video_1 table_{sizeof(ear_video_1), 0, this, probe_file, pictures_of, sound_of, captions_of};
};

void Video::start() {
  prepare_libraries();
  const auto version = [](unsigned v) {
    return std::to_string(AV_VERSION_MAJOR(v)) + "." + std::to_string(AV_VERSION_MINOR(v));
  };
  host().info("FFmpeg's libraries: libavformat " + version(avformat_version()) + ", libavcodec " +
              version(avcodec_version()));
}

}  // namespace
}  // namespace earshot::video

EARSHOT_PLUGIN("org.earshot.video", "0.1.0", "Earshot", "Apache-2.0", "Files of sound and video, by FFmpeg's libraries",
               earshot::video::Video)
