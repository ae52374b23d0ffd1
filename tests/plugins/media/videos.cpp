// Sound and video, by a service earshot.video/1 of the test's own.
#include <catch2/catch.hpp>
#include <cstring>

#include "media/desk.hpp"
#include "media/made_pictures.hpp"

using namespace earshot::testing;
using namespace pictures;
using Catch::Contains;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

// Three scenes of a second each, with sound and a subtitle.
class TestVideo {
 public:
  TestVideo() {
    table_ = {sizeof table_, 0, this, probe, pictures, sound, captions};
    for (std::uint32_t i = 0; i < 3; ++i) frames_.push_back(scene(160, 120, i));
  }
  const void* table() const { return &table_; }
  int probed = 0, taken_apart = 0;
  std::uint32_t kind = EAR_MEDIA_VIDEO;
  std::string broken;  // after the frames

 private:
  static TestVideo& self(void* ctx) { return *static_cast<TestVideo*>(ctx); }
  static ear_status fail(ear_error* error, const std::string& text) {
    std::strncpy(error->message, text.c_str(), sizeof error->message - 1);
    return EAR_INVALID;
  }
  static ear_status probe(void* ctx, ear_str, ear_video* video, ear_error*) {
    ++self(ctx).probed;
    video->kind = self(ctx).kind, video->parts = EAR_HAS_PICTURES | EAR_HAS_SOUND | EAR_HAS_CAPTIONS;
    std::strcpy(video->type, "video/mp4");
    video->width = 160, video->height = 120, video->duration = 3 * kSecond;
    return EAR_OK;
  }
  static ear_status pictures(void* ctx, ear_str, const ear_video_wish*, std::int32_t (*show)(void*, const ear_picture*),
                             void* user, ear_error* error) {
    TestVideo& v = self(ctx);
    ++v.taken_apart;
    for (std::size_t i = 0; i < v.frames_.size(); ++i) {
      const auto at = static_cast<std::int64_t>(i) * kSecond;
      const ear_picture raw{sizeof raw, 160, 120, 480, v.frames_[i].bgr.data(), at, at + kSecond, 0};
      if (show(user, &raw) == 0) return EAR_OK;
    }
    return v.broken.empty() ? EAR_OK + 0 : fail(error, v.broken);
  }
  static ear_status sound(void*, ear_str, const ear_video_wish*, std::int32_t (*show)(void*, const ear_sound*),
                          void* user, ear_error*) {
    const std::int16_t samples[4] = {1, 2, 3, 4};
    const ear_sound raw{sizeof raw, 4, samples, 0};
    show(user, &raw);
    return EAR_OK;
  }
  static ear_status captions(void*, ear_str, std::int32_t (*show)(void*, const ear_caption*), void* user, ear_error*) {
    const ear_caption raw{sizeof raw, 0, earshot::str("hello"), earshot::str("en"), 0, kSecond};
    show(user, &raw);
    return EAR_OK;
  }
  ear_video_1 table_{};
  std::vector<Pixels> frames_;
};

const std::string kMp4(
    "\0\0\0\x18"
    "ftypmp42\0\0\0\0mp42isom",
    24);

}  // namespace

TEST_CASE("a video shows its frames, sound and subtitles") {
  TestVideo video;
  Desk desk({}, video.table());
  const earshot::Medium medium = desk.open({.path = desk.write("a.mp4", kMp4)});
  CHECK(medium.kind() == EAR_MEDIA_VIDEO);
  CHECK(medium.raw().duration == 3 * kSecond);
  const std::vector<Seen> seen = desk.look(medium);
  REQUIRE(seen.size() == 3);
  CHECK(seen[1].start == kSecond);
  CHECK(seen[1].stop == 2 * kSecond);
  CHECK(seen[0].look != 0);
  CHECK(seen[0].look != seen[1].look);
  int samples = 0;
  medium.sound([&](const ear_sound& s) { return samples += static_cast<int>(s.count), true; });
  CHECK(samples == 4);
  std::string text;
  medium.captions([&](const ear_caption& c) { return text += earshot::view(c.text), true; });
  CHECK(text == "hello");
}

TEST_CASE("a video is taken apart once: who looks next sees the same pixels under the same numbers") {
  TestVideo video;
  Desk desk({}, video.table());
  const std::string path = desk.write("a.mp4", kMp4);
  const std::vector<Seen> first = desk.look(desk.open({.path = path})), second = desk.look(desk.open({.path = path}));
  REQUIRE(second.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(second[i].look == first[i].look);
    CHECK(second[i].pixels == first[i].pixels);
    CHECK(second[i].start == first[i].start);
  }
  CHECK(video.taken_apart == 1);
  CHECK(video.probed == 1);
  desk.destroy(), desk.start();
  const std::vector<Seen> third = desk.look(desk.open({.path = path}));
  REQUIRE(third.size() == 3);
  CHECK(third[2].pixels == first[2].pixels);
  CHECK(video.taken_apart == 1);
}

TEST_CASE("who has seen enough ends it, and the next one takes it apart") {
  TestVideo video;
  Desk desk({}, video.table());
  const std::string path = desk.write("a.mp4", kMp4);
  int shown = 0;
  desk.open({.path = path}).pictures([&](const ear_picture&) { return ++shown, false; });
  CHECK(shown == 1);
  CHECK(desk.look(desk.open({.path = path})).size() == 3);
  CHECK(video.taken_apart == 2);
}

TEST_CASE("a video that breaks off shows what came before, and says so each time") {
  TestVideo video;
  video.broken = "the video ends in the middle of a frame";
  Desk desk({}, video.table());
  const std::string path = desk.write("a.mp4", kMp4);
  for (int round = 0; round < 2; ++round) {
    int shown = 0;
    const earshot::Medium medium = desk.open({.path = path});
    CHECK_THROWS_WITH(medium.pictures([&](const ear_picture&) { return ++shown, true; }),
                      Contains("middle of a frame"));
    CHECK(shown == 3);
  }
  CHECK(video.taken_apart == 1);
}

TEST_CASE("a frame that looks like one before shares its number, across videos too") {
  TestVideo video;
  Desk desk({}, video.table());
  const auto look = [&](const std::string& name) {
    return desk.look(desk.open({.path = desk.write(name, kMp4 + name)}));
  };
  const std::vector<Seen> a = look("a.mp4"), b = look("b.mp4");
  CHECK(video.taken_apart == 2);
  CHECK(a[0].look == b[0].look);
}

TEST_CASE("a picture of a rare kind is decoded by the video service, and kept like others") {
  TestVideo video;
  video.kind = EAR_MEDIA_IMAGE;
  Desk desk({}, video.table());
  const std::string path = desk.write("a.bmp", std::string("BM\0\0\0\0\0\0\0\0\0\0\0\0", 14));
  const Seen first = desk.look({.path = path}), second = desk.look({.path = path});
  CHECK(first.width == 160);
  CHECK(first.stop == 0);
  CHECK(first.look == second.look);
  CHECK(video.taken_apart == 1);
}

TEST_CASE("what looks like text never reaches the video service: a playlist would name other files") {
  TestVideo video;
  Desk desk({}, video.table());
  CHECK(desk.status({.path = desk.write("a.mp4", "#EXTM3U\nfile:///etc/passwd\n")}) == EAR_INVALID);
  CHECK(desk.status({.path = desk.write("b.mp4", "ffconcat version 1.0\nfile /etc/passwd\n")}) == EAR_INVALID);
  CHECK(video.probed == 0);
}

TEST_CASE("without the video service, a video is told with what to install") {
  Desk desk;
  std::string message;
  CHECK(desk.status({.path = desk.write("a.mp4", kMp4)}, &message) == EAR_UNSUPPORTED);
  CHECK_THAT(message, Contains("plugin video") && Contains("earshot plugins"));
  CHECK_THAT(desk.log_text(), Contains("videos: no"));
}

TEST_CASE("where only pictures are allowed, no container is opened; where sound is, the probe says what one holds") {
  TestVideo video;
  Desk pictures_only(with("types", "[image/*]"), video.table()), sound_only(with("types", "[audio/*]"), video.table());
  CHECK(pictures_only.status({.path = pictures_only.write("a.mp4", kMp4)}) == EAR_UNSUPPORTED);
  CHECK(video.probed == 0);
  CHECK(sound_only.status({.path = sound_only.write("a.mp4", kMp4)}) == EAR_UNSUPPORTED);
  CHECK(video.probed == 1);
}
