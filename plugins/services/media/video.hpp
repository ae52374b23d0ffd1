// video.hpp: the service "earshot.video/1", if somebody offers it. A value; any thread.
#pragma once

#include <earshot/services/video.h>
#include <earshot/services/media.hpp>
#include <filesystem>
#include <string>
#include <string_view>

namespace earshot::media {

class Video {
 public:
  explicit Video(const ear_video_1* table = nullptr) : table_(table) {}
  explicit operator bool() const { return table_ != nullptr; }

  ear_video probe(const std::string& path) const {
    ear_video video{};
    video.size = sizeof video;
    ear_error error{};
    error.size = sizeof error, error.post = EAR_NONE;
    if (const ear_status status = table_->probe(table_->ctx, str(path), &video, &error); status != EAR_OK)
      throw Error(status, error.message);
    return video;
  }
  template <class Show>
  void pictures(const std::string& path, const ear_video_wish& wish, Show&& show) const {
    detail::shown<ear_picture>(show, [&](auto pass, void* user, ear_error* error) {
      return table_->pictures(table_->ctx, str(path), &wish, pass, user, error);
    });
  }
  const ear_video_1& table() const { return *table_; }

 private:
  const ear_video_1* table_;
};

}  // namespace earshot::media
