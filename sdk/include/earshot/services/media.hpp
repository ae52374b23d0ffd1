// media.hpp: the service of media.h in C++. Any thread, several at once; pictures and sounds live during the callback.
//
//   earshot::MediaService media(host());                                                      [main], in start()
//   const earshot::Medium medium = media.open(post.media()[0]);                               [any]
//   medium.pictures([&](const ear_picture& picture) { look(picture); return true; });
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include "earshot/host.hpp"
#include "earshot/services/media.h"
#include "earshot/types.hpp"

namespace earshot {
namespace detail {

// Makes a call of ear_media_1 or ear_video_1 that shows things; what `show` throws passes through.
template <class Thing, class Show, class Call>
void shown(Show& show, Call&& call) {
  struct Watching {
    Show& show;
    std::exception_ptr thrown;
  } watching{show, nullptr};
  const auto pass = [](void* user, const Thing* thing) -> std::int32_t {
    auto& w = *static_cast<Watching*>(user);
    try {
      return w.show(*thing) ? 1 : 0;
    } catch (...) {
      w.thrown = std::current_exception();
      return 0;
    }
  };
  ear_error error{};
  error.size = sizeof error, error.post = EAR_NONE;
  std::int32_t (*const raw_show)(void*, const Thing*) = pass;
  const ear_status status = call(raw_show, &watching, &error);
  if (watching.thrown) std::rethrow_exception(watching.thrown);
  if (status != EAR_OK) throw Error(status, error.message);
}

}  // namespace detail

// An opened medium. Releases it.
class Medium {
 public:
  Medium(const ear_media_1& table, const ear_medium& raw) : table_(&table), raw_(&raw) {}
  Medium(Medium&& other) noexcept : table_(other.table_), raw_(std::exchange(other.raw_, nullptr)) {}
  Medium& operator=(Medium&& other) noexcept {
    std::swap(table_, other.table_), std::swap(raw_, other.raw_);
    return *this;
  }
  ~Medium() {
    if (raw_ != nullptr) table_->release(table_->ctx, raw_);
  }

  const ear_medium& raw() const { return *raw_; }
  std::uint32_t kind() const { return raw_->kind; }
  bool has(std::uint32_t part) const { return (raw_->parts & part) != 0; }
  std::string_view type() const { return view(raw_->type); }

  // `show` takes a const ear_picture& (ear_sound&, ear_caption&) and answers false to see no more. Throws Error where
  // the bytes are broken, after what came before was shown.
  template <class Show>
  void pictures(Show&& show) const {
    detail::shown<ear_picture>(show, [&](auto pass, void* user, ear_error* error) {
      return table_->pictures(table_->ctx, raw_, pass, user, error);
    });
  }
  template <class Show>
  void sound(Show&& show) const {
    detail::shown<ear_sound>(show, [&](auto pass, void* user, ear_error* error) {
      return table_->sound(table_->ctx, raw_, pass, user, error);
    });
  }
  template <class Show>
  void captions(Show&& show) const {
    detail::shown<ear_caption>(show, [&](auto pass, void* user, ear_error* error) {
      return table_->captions(table_->ctx, raw_, pass, user, error);
    });
  }

 private:
  const ear_media_1* table_;
  const ear_medium* raw_;
};

class MediaService {
 public:
  MediaService() = default;
  explicit MediaService(const Host& host) : table_(&host.service<ear_media_1>(EAR_MEDIA_1)) {}

  // Throws Error: see ear_media_1.open.
  Medium open(const Media& media) const {
    ear_error error{};
    error.size = sizeof error, error.post = EAR_NONE;
    const ear_medium* medium = nullptr;
    const ear_status status = table_->open(table_->ctx, &media.raw(), &medium, &error);
    if (status != EAR_OK) throw Error(status, error.message);
    return {*table_, *medium};
  }
  // A URL for ear_media.url.
  std::string keep(std::string_view bytes_of_it) const {
    ear_error error{};
    error.size = sizeof error, error.post = EAR_NONE;
    std::string url;
    const auto name = [](void* user, ear_str given) { static_cast<std::string*>(user)->assign(given.ptr, given.len); };
    const ear_status status = table_->keep(table_->ctx, bytes(bytes_of_it), name, &url, &error);
    if (status != EAR_OK) throw Error(status, error.message);
    return url;
  }

 private:
  const ear_media_1* table_ = nullptr;
};

}  // namespace earshot
