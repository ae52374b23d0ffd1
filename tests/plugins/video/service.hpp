// service.hpp: the real service video, driven through its table, its answers as values. One thread.
#pragma once

#include <earshot/services/video.h>
#include <earshot/services/media.hpp>
#include <earshot/testing.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "../loaded.hpp"

namespace taken {

struct Picture {
  double start = 0, stop = 0;  // seconds
  std::uint32_t width = 0, height = 0;
  std::vector<std::uint8_t> pixels;  // blue, green, red without gaps

  struct Colour {
    int blue = 0, green = 0, red = 0;
  };
  // At fractions of width and height.
  Colour at(double x, double y) const {
    const auto px = static_cast<std::size_t>(x * width), py = static_cast<std::size_t>(y * height);
    const std::uint8_t* p = pixels.data() + (py * width + px) * 3;
    return {p[0], p[1], p[2]};
  }
};
struct Caption {
  std::string text, language;
  double start = 0, stop = 0;
};

// What a call showed, and how it ended.
template <class Thing>
struct Answer {
  std::vector<Thing> shown = {};
  ear_status status = EAR_OK;
  std::string message = {};
};
struct Sound {
  std::vector<std::int16_t> samples;
  bool is_continuous = true;
  std::uint32_t longest = 0;  // samples at a time

  // Root mean square of a stretch, in seconds.
  double loudness(double from, double to) const;
};

inline double Sound::loudness(double from, double to) const {
  const auto a = static_cast<std::size_t>(from * 16000),
             b = std::min(samples.size(), static_cast<std::size_t>(to * 16000));
  double sum = 0;
  for (std::size_t i = a; i < b; ++i) sum += static_cast<double>(samples[i]) * samples[i];
  return b > a ? std::sqrt(sum / static_cast<double>(b - a)) : 0;
}

class Service {
 public:
  explicit Service(std::vector<earshot::testing::Setting> options = {})
      : harness(earshot::testing::loaded("video"), std::move(options)),
        table_(harness.table<ear_video_1>(EAR_VIDEO_1)) {}

  Answer<ear_video> probe(const std::string& path) {
    ear_video video{};
    video.size = sizeof video;
    Answer<ear_video> answer;
    finish(answer, [&](ear_error* error) { return table_->probe(table_->ctx, earshot::str(path), &video, error); });
    answer.shown.push_back(video);
    return answer;
  }

  std::function<bool(const ear_picture&)> on_picture = {};  // instead of keeping it

  Answer<Picture> pictures(const std::string& path, ear_video_wish wish = {}) {
    wish.size = sizeof wish;
    Answer<Picture> answer;
    std::function<bool(const ear_picture&)> keep = [&](const ear_picture& p) {
      Picture picture{static_cast<double>(p.start) / 1e9, static_cast<double>(p.stop) / 1e9, p.width, p.height, {}};
      for (std::uint32_t y = 0; y < p.height; ++y)
        picture.pixels.insert(picture.pixels.end(), p.pixels + std::size_t{y} * p.stride,
                              p.pixels + std::size_t{y} * p.stride + std::size_t{p.width} * 3);
      answer.shown.push_back(std::move(picture));
      return true;
    };
    if (on_picture) keep = on_picture;
    finish(answer, [&](ear_error* error) {
      return table_->pictures(table_->ctx, earshot::str(path), &wish, call<ear_picture>, &keep, error);
    });
    return answer;
  }

  Answer<Sound> sound(const std::string& path, ear_video_wish wish = {}) {
    wish.size = sizeof wish;
    Answer<Sound> answer;
    answer.shown.resize(1);
    std::function<bool(const ear_sound&)> keep = [&](const ear_sound& s) {
      Sound& all = answer.shown[0];
      all.is_continuous &= s.start == static_cast<std::int64_t>(all.samples.size()) * 62500;
      all.longest = std::max(all.longest, s.count);
      all.samples.insert(all.samples.end(), s.samples, s.samples + s.count);
      return true;
    };
    finish(answer, [&](ear_error* error) {
      return table_->sound(table_->ctx, earshot::str(path), &wish, call<ear_sound>, &keep, error);
    });
    return answer;
  }

  Answer<Caption> captions(const std::string& path) {
    Answer<Caption> answer;
    std::function<bool(const ear_caption&)> keep = [&](const ear_caption& c) {
      answer.shown.push_back({std::string(earshot::view(c.text)), std::string(earshot::view(c.language)),
                              static_cast<double>(c.start) / 1e9, static_cast<double>(c.stop) / 1e9});
      return true;
    };
    finish(answer, [&](ear_error* error) {
      return table_->captions(table_->ctx, earshot::str(path), call<ear_caption>, &keep, error);
    });
    return answer;
  }

  earshot::testing::ServiceHarness harness;

 private:
  template <class Thing>
  static std::int32_t call(void* user, const Thing* thing) {
    return (*static_cast<std::function<bool(const Thing&)>*>(user))(*thing) ? 1 : 0;
  }
  template <class Thing, class Call>
  static void finish(Answer<Thing>& answer, Call&& make) {
    ear_error error = earshot::testing::make_error();
    answer.status = make(&error);
    answer.message = error.message;
  }

  const ear_video_1* table_;
};

}  // namespace taken
