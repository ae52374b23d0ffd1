// media: offers "earshot.media/1": opens the pictures, sounds and videos of posts and decodes them once for all
// detectors.
#include <sodium.h>

#include <earshot/services/video.h>
#include <chrono>
#include <earshot/service.hpp>
#include <memory>
#include <optional>

#include "media/archive.hpp"
#include "media/options.hpp"

namespace {

using earshot::detail::guarded;
using earshot::media::Archive;

class MediaPlugin : public earshot::Service<earshot::media::Options> {
 public:
  static constexpr earshot::Info info{"media", "Opens the pictures, sounds and videos of posts for detectors"};
  static constexpr const char* offers[] = {EAR_MEDIA_1, nullptr};

  void start() {
    if (sodium_init() < 0) throw earshot::Error(EAR_INTERNAL, "libsodium cannot start");
    const auto* http = asked<ear_http_1>(EAR_HTTP_1);
    const auto* video = options().videos ? asked<ear_video_1>(EAR_VIDEO_1) : nullptr;
    archive_.emplace(settings_of(options(), host()), host(), http, video);
    host().info("pictures are decoded by " + earshot::media::libraries() + "; the cache " + options().cache.string() +
                " holds " + archive_->contents());
    if (options().videos && video == nullptr)
      host().info(
          "no plugin takes sound and video apart: media of these kinds are told as not supported; `earshot "
          "plugins` tells what to install, and `videos: no` asks for none");
  }
  void stop() { archive_.reset(); }

  const void* table(std::string_view id) { return id == EAR_MEDIA_1 ? &table_ : nullptr; }

 private:
  // Another service, with what its start costs.
  template <class Table>
  const Table* asked(const char* id) const {
    const auto before = std::chrono::steady_clock::now();
    const void* table = host().raw().service(host().raw().ctx, earshot::str(id));
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - before);
    if (table != nullptr)
      host().info("the service " + std::string(id) + " was ready after " + std::to_string(took.count()) + " ms");
    return static_cast<const Table*>(table);
  }

  template <class Use>
  static ear_status with(void* ctx, ear_error* error, Use&& use) {
    return guarded(error, [&]() -> ear_status {
      auto& self = *static_cast<MediaPlugin*>(ctx);
      if (!self.archive_) throw earshot::Error(EAR_INTERNAL, "the service media has not started");
      return use(*self.archive_);
    });
  }
  static ear_status open(void* ctx, const ear_media* media, const ear_medium** medium, ear_error* error) noexcept {
    return with(ctx, error, [&](Archive& a) { return *medium = a.open(*media), ear_status{EAR_OK}; });
  }
  static void release(void* ctx, const ear_medium* medium) noexcept {
    with(ctx, nullptr, [&](Archive& a) { return a.release(medium), ear_status{EAR_OK}; });
  }
  static ear_status pictures(void* ctx, const ear_medium* medium, std::int32_t (*show)(void*, const ear_picture*),
                             void* user, ear_error* error) noexcept {
    return with(ctx, error, [&](Archive& a) {
      a.pictures(medium, [&](const ear_picture& picture) { return show(user, &picture) != 0; });
      return ear_status{EAR_OK};
    });
  }
  static ear_status sound(void* ctx, const ear_medium* medium, std::int32_t (*show)(void*, const ear_sound*),
                          void* user, ear_error* error) noexcept {
    return with(ctx, error, [&](Archive& a) { return a.sound(medium, show, user, error); });
  }
  static ear_status captions(void* ctx, const ear_medium* medium, std::int32_t (*show)(void*, const ear_caption*),
                             void* user, ear_error* error) noexcept {
    return with(ctx, error, [&](Archive& a) { return a.captions(medium, show, user, error); });
  }
  static ear_status keep(void* ctx, ear_bytes bytes, void (*name)(void*, ear_str), void* user,
                         ear_error* error) noexcept {
    return with(ctx, error, [&](Archive& a) {
      const std::string url = a.keep(earshot::view(bytes));
      name(user, earshot::str(url));
      return ear_status{EAR_OK};
    });
  }

  std::optional<Archive> archive_;
  const ear_media_1 table_{sizeof(ear_media_1), 0, this, open, release, pictures, sound, captions, keep};
};

}  // namespace

EARSHOT_PLUGIN("org.earshot.media", "1.0.0", "Earshot", "Apache-2.0", "Opens pictures, sounds and videos of posts",
               MediaPlugin)
