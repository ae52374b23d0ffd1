// test_media.hpp: a service "earshot.media/1" for tests of detectors: media by their URL, or their path where they have
// none, made of pixels, samples and captions in memory. One thread.
#pragma once

#include <cstring>
#include <earshot/services/media.hpp>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace earshot::testing {

// Pixels are blue, green, red; row by row without gaps.
struct TestPicture {
  std::uint32_t width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
  std::int64_t start = 0, stop = 0;
  std::uint64_t look = 0;  // 0: of its own
};

struct TestCaption {
  std::string text, language;
  std::int64_t start = 0, stop = 0;
};

struct TestMedium {
  std::uint32_t kind = EAR_MEDIA_IMAGE;
  std::vector<TestPicture> pictures = {};
  std::vector<std::int16_t> samples = {};  // 16,000 a second
  std::vector<TestCaption> captions = {};
  ear_status status = EAR_OK;  // of open
  std::string fault = {};      // of open
  std::string broken = {};     // not empty: pictures and sound end in EAR_INVALID with this, after all was shown
};

class TestMediaService {
 public:
  TestMediaService() {
    table_.size = sizeof table_, table_.ctx = this;
    table_.open = open, table_.release = [](void*, const ear_medium*) {};
    table_.pictures = pictures, table_.sound = sound, table_.captions = captions;
    table_.keep = [](void*, ear_bytes, void (*)(void*, ear_str), void*, ear_error*) -> ear_status {
      return EAR_UNSUPPORTED;
    };
  }
  TestMediaService(const TestMediaService&) = delete;
  TestMediaService& operator=(const TestMediaService&) = delete;

  void add(std::string url, TestMedium medium) {
    Kept& kept = media_[std::move(url)];
    kept.medium = std::move(medium);
    for (TestPicture& picture : kept.medium.pictures)
      if (picture.look == 0) picture.look = ++looks_;
    ear_medium& raw = kept.raw;
    raw = {}, raw.size = sizeof raw, raw.kind = kept.medium.kind, raw.type = str("test/test");
    raw.parts = (kept.medium.pictures.empty() ? 0u : EAR_HAS_PICTURES + 0u) |
                (kept.medium.samples.empty() ? 0u : EAR_HAS_SOUND + 0u) |
                (kept.medium.captions.empty() ? 0u : EAR_HAS_CAPTIONS + 0u);
    if (!kept.medium.pictures.empty())
      raw.width = kept.medium.pictures[0].width, raw.height = kept.medium.pictures[0].height;
    if (!kept.medium.pictures.empty()) raw.duration = kept.medium.pictures.back().stop;
  }
  const ear_media_1* table() const { return &table_; }  // for `add_service(EAR_MEDIA_1, …)`
  int opened = 0, pictures_shown = 0;

 private:
  struct Kept {
    TestMedium medium;
    ear_medium raw;
  };
  static ear_status fail(ear_error* error, ear_status status, const std::string& text) {
    const std::size_t n = std::min(text.size(), sizeof error->message - 1);
    std::memcpy(error->message, text.data(), n), error->message[n] = 0;
    return status;
  }
  static TestMediaService& self(void* ctx) { return *static_cast<TestMediaService*>(ctx); }
  const TestMedium& of(const ear_medium* medium) const {
    for (const auto& [url, kept] : media_)
      if (&kept.raw == medium) return kept.medium;
    throw std::logic_error("no medium of this service");
  }
  static ear_status open(void* ctx, const ear_media* media, const ear_medium** out, ear_error* error) {
    // A medium without an address goes by its path.
    const auto found = self(ctx).media_.find(std::string(view(media->url.len == 0 ? media->path : media->url)));
    if (found == self(ctx).media_.end()) return fail(error, EAR_IO, "there is no such test medium");
    ++self(ctx).opened;
    if (found->second.medium.status != EAR_OK)
      return fail(error, found->second.medium.status, found->second.medium.fault);
    *out = &found->second.raw;
    return EAR_OK;
  }
  static ear_status end(const TestMedium& medium, ear_error* error) {
    return medium.broken.empty() ? EAR_OK + 0 : fail(error, EAR_INVALID, medium.broken);
  }
  static ear_status pictures(void* ctx, const ear_medium* medium, std::int32_t (*show)(void*, const ear_picture*),
                             void* user, ear_error* error) {
    for (const TestPicture& p : self(ctx).of(medium).pictures) {
      const ear_picture raw{sizeof raw, p.width, p.height, p.width * 3, p.pixels.data(), p.start, p.stop, p.look};
      ++self(ctx).pictures_shown;
      if (show(user, &raw) == 0) return EAR_OK;
    }
    return end(self(ctx).of(medium), error);
  }
  static ear_status sound(void* ctx, const ear_medium* medium, std::int32_t (*show)(void*, const ear_sound*),
                          void* user, ear_error* error) {
    const std::vector<std::int16_t>& all = self(ctx).of(medium).samples;
    constexpr std::size_t kChunk = 16000;
    for (std::size_t at = 0; at < all.size(); at += kChunk) {
      const auto count = static_cast<std::uint32_t>(std::min(kChunk, all.size() - at));
      const ear_sound raw{sizeof raw, count, all.data() + at, static_cast<std::int64_t>(at) * 62500};
      if (show(user, &raw) == 0) return EAR_OK;
    }
    return end(self(ctx).of(medium), error);
  }
  static ear_status captions(void* ctx, const ear_medium* medium, std::int32_t (*show)(void*, const ear_caption*),
                             void* user, ear_error*) {
    for (const TestCaption& c : self(ctx).of(medium).captions) {
      const ear_caption raw{sizeof raw, 0, str(c.text), str(c.language), c.start, c.stop};
      if (show(user, &raw) == 0) return EAR_OK;
    }
    return EAR_OK;
  }

  ear_media_1 table_{};
  std::map<std::string, Kept, std::less<>> media_;
  std::uint64_t looks_ = 0;
};

}  // namespace earshot::testing
