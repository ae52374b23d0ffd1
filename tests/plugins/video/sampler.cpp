// Which frames stand for a video.
#include "video/sampler.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <vector>

using earshot::video::Look;
using earshot::video::Sampler;

namespace {

constexpr std::int64_t kMs = 1'000'000;

struct Shown {
  int frame;
  std::int64_t start, stop;  // ms
  bool operator==(const Shown&) const = default;
};

// 25 frames a second, each of one shade with, where wanted, a logo of another; the frame is its number.
class Film {
 public:
  void frames(int count, int shade, bool logo = false, double sharpness = 1) {
    for (int i = 0; i < count; ++i) frame(shade, logo, sharpness);
  }
  // A pattern that is at another place each time.
  void moving(int count) {
    for (int i = 0; i < count; ++i) {
      Look look = plain(100);
      for (std::size_t k = 0; k < look.grey.size(); ++k)
        if ((k + static_cast<std::size_t>(number_) * 3) / 40 % 2 == 0) look.grey[k] = 115;
      see(look);
    }
  }
  void frame(int shade, bool logo = false, double sharpness = 1) {
    Look look = plain(shade);
    look.sharpness = sharpness;
    if (logo)
      for (int y = 20; y < 25; ++y)
        for (int x = 33; x < 46; ++x)
          look.grey[static_cast<std::size_t>(y * 160 + x)] = static_cast<std::uint8_t>(shade + 40);
    see(look);
  }
  std::vector<Shown> end() {
    sampler_.end(number_ * 40 * kMs, show());
    return shown_;
  }

 private:
  static Look plain(int shade) {
    Look look;
    look.width = 160, look.height = 90, look.sharpness = 1;
    look.grey.assign(160 * 90, static_cast<std::uint8_t>(shade));
    return look;
  }
  std::function<bool(int, std::int64_t, std::int64_t)> show() {
    return [this](int frame, std::int64_t start, std::int64_t stop) {
      return shown_.push_back({frame, start / kMs, stop / kMs}), true;
    };
  }
  void see(const Look& look) {
    sampler_.see(
        number_ * 40 * kMs, look, [&] { return number_; }, show());
    ++number_;
  }

  Sampler<int> sampler_{500 * kMs};
  int number_ = 0;
  std::vector<Shown> shown_;
};

}  // namespace

TEST_CASE("what stays the same is shown once, for as long as it stays") {
  Film film;
  film.frames(1000, 100);
  CHECK(film.end() == std::vector<Shown>{{0, 0, 40'000}});
}

TEST_CASE("a new scene begins at its first frame") {
  Film film;
  film.frames(10, 100);
  film.frames(20, 180);
  const auto shown = film.end();
  REQUIRE(shown.size() == 2);
  CHECK((shown[0].start == 0 && shown[0].stop == 400));
  CHECK((shown[1].start == 400 && shown[1].stop == 1200 && shown[1].frame >= 10));
}

TEST_CASE("a small logo that appears on a still picture, and goes, is shown with the frame at which it does") {
  Film film;
  film.frames(30, 100);
  film.frames(30, 100, true);
  film.frames(30, 100);
  const auto shown = film.end();
  REQUIRE(shown.size() == 3);
  CHECK((shown[1].start == 1200 && shown[1].stop == 2400));
  CHECK((shown[1].frame >= 30 && shown[1].frame < 60));
}

TEST_CASE("what moves is shown once each spacing, and nothing is left out between") {
  Film film;
  film.moving(100);
  const auto shown = film.end();
  CHECK(shown.size() == 8);
  for (std::size_t i = 1; i < shown.size(); ++i) CHECK(shown[i].start == shown[i - 1].stop);
  for (const Shown& s : shown) CHECK((s.frame * 40 >= s.start && s.frame * 40 < s.stop));
}

TEST_CASE("of what moves a frame of the middle half stands for the stretch") {
  Film film;
  film.moving(100);
  for (const Shown& s : film.end())
    if (s.stop - s.start >= 500) CHECK((s.frame * 40 >= s.start + 125 && s.frame * 40 <= s.start + 375));
}

TEST_CASE("slow drift ends a stretch, too") {
  Film film;
  for (int i = 0; i < 100; ++i) film.frame(100 + i / 2);
  CHECK(film.end().size() >= 4);
}

TEST_CASE("a sharp frame is preferred to a blurred one") {
  Film film;
  film.frames(5, 100, false, 10);
  film.frame(100, false, 20);
  film.frames(30, 100, false, 10);
  CHECK(film.end() == std::vector<Shown>{{5, 0, 1440}});
}

TEST_CASE("flicker does not show every frame") {
  Film film;
  for (int i = 0; i < 100; ++i) film.frame(i % 2 == 0 ? 50 : 200);
  CHECK(film.end().size() <= 10);
}

TEST_CASE("who does not want to see more is shown no more") {
  Sampler<int> sampler(500 * kMs);
  Look a, b;
  a.width = a.height = b.width = b.height = 20;
  a.grey.assign(400, 0), b.grey.assign(400, 255);
  const auto show = [](int, std::int64_t, std::int64_t) { return false; };
  CHECK(sampler.see(
      0, a, [] { return 0; }, show));
  CHECK(!sampler.see(
      kMs, b, [] { return 1; }, show));
}
