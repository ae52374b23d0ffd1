// What a file is.
#include <catch2/catch.hpp>

#include "clips.hpp"
#include "service.hpp"

using clips::clip;

namespace {

constexpr const char* kVideo = "-f lavfi -i testsrc2=size=320x180:rate=25 -f lavfi -i sine=frequency=440 -t 2";

std::string type(const taken::Answer<ear_video>& answer) {
  return answer.shown[0].type;
}

}  // namespace

TEST_CASE("a video with sound is told with its size and its duration") {
  const std::string path = clip("a.mp4", std::string(kVideo) + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p");
  if (!clips::made(path)) return;
  const auto answer = taken::Service().probe(path);
  REQUIRE(answer.message == "");
  const ear_video& v = answer.shown[0];
  CHECK(v.kind == EAR_MEDIA_VIDEO);
  CHECK(v.parts == (EAR_HAS_PICTURES | EAR_HAS_SOUND));
  CHECK(type(answer) == "video/mp4");
  CHECK((v.width == 320 && v.height == 180));
  CHECK(static_cast<double>(v.duration) / 1e9 == Approx(2).margin(0.1));
}

TEST_CASE("a silent video has no sound") {
  const std::string path =
      clip("a.webm", "-f lavfi -i testsrc2=size=160x90:rate=10 -t 1 -c:v libvpx -deadline realtime -cpu-used 8");
  if (!clips::made(path)) return;
  const auto answer = taken::Service().probe(path);
  CHECK(answer.shown[0].parts == EAR_HAS_PICTURES);
  CHECK(type(answer) == "video/webm");
}

TEST_CASE("sound alone is audio") {
  const std::string path = clip("a.ogg", "-f lavfi -i sine -t 1 -c:a libvorbis");
  if (!clips::made(path)) return;
  const auto answer = taken::Service().probe(path);
  CHECK(answer.shown[0].kind == EAR_MEDIA_AUDIO);
  CHECK(answer.shown[0].parts == EAR_HAS_SOUND);
  CHECK(type(answer) == "audio/ogg");
}

TEST_CASE("sound with a cover is audio that has a picture") {
  const std::string cover = clips::plain("cover.ppm", 64, 64, 255, 0, 0);
  const std::string path =
      clip("a.mp3",
           "-f lavfi -i sine -i " + cover + " -t 1 -map 0 -map 1 -c:a libmp3lame -c:v png -disposition:v attached_pic");
  if (!clips::made(path)) return;
  const auto answer = taken::Service().probe(path);
  CHECK(answer.shown[0].kind == EAR_MEDIA_AUDIO);
  CHECK(answer.shown[0].parts == (EAR_HAS_PICTURES | EAR_HAS_SOUND));
  CHECK((answer.shown[0].width == 64 && answer.shown[0].height == 64));
}

TEST_CASE("what a file is called or ends in says nothing") {
  const std::string path = clip("really.wav", "-f lavfi -i sine -t 1");
  if (!clips::made(path)) return;
  const std::string named = clips::folder() / "img%03d.mp4";
  std::filesystem::copy_file(path, named);
  const auto answer = taken::Service().probe(named);
  CHECK(answer.shown[0].kind == EAR_MEDIA_AUDIO);
  CHECK(type(answer) == "audio/wav");
}

TEST_CASE("a turned video is told as it is seen") {
  const std::string straight = clip("s.mp4", "-f lavfi -i testsrc2=size=320x180:rate=10 -t 1 -c:v mpeg4");
  if (!clips::made(straight)) return;
  const std::string path = clip("turned.mp4", "-i " + straight + " -c copy -metadata:s:v rotate=90");
  if (!clips::made(path)) return;
  const auto answer = taken::Service().probe(path);
  CHECK((answer.shown[0].width == 180 && answer.shown[0].height == 320));
}

TEST_CASE("a video without square pixels is told as it is seen") {
  const std::string path = clip("sar.mp4", "-f lavfi -i testsrc2=size=180x180:rate=10,setsar=16/9 -t 1 -c:v mpeg4");
  if (!clips::made(path)) return;
  const auto answer = taken::Service().probe(path);
  CHECK((answer.shown[0].width == 320 && answer.shown[0].height == 180));
}

TEST_CASE("a duration that no header tells is that of the last packet") {
  const std::string path = clip("a.aac", "-f lavfi -i sine -t 3 -c:a aac");
  if (!clips::made(path)) return;
  const auto answer = taken::Service().probe(path);
  CHECK(static_cast<double>(answer.shown[0].duration) / 1e9 == Approx(3).margin(0.2));
}

TEST_CASE("a picture of a rare kind is an image") {
  const auto [name, mime] = GENERATE(std::pair<std::string, std::string>{"a.bmp", "image/bmp"},
                                     std::pair<std::string, std::string>{"a.tiff", "image/tiff"});
  const std::string path = clip(name, "-f lavfi -i testsrc2=size=100x50 -frames:v 1");
  if (!clips::made(path)) return;
  const auto answer = taken::Service().probe(path);
  REQUIRE(answer.message == "");
  CHECK(answer.shown[0].kind == EAR_MEDIA_IMAGE);
  CHECK(answer.shown[0].parts == EAR_HAS_PICTURES);
  CHECK(type(answer) == mime);
  CHECK(answer.shown[0].duration == 0);
}

TEST_CASE("pictures beyond the limit are not supported") {
  const std::string path = clip("large.mp4", "-f lavfi -i color=size=400x400 -frames:v 1 -c:v mpeg4");
  if (!clips::made(path)) return;
  const auto answer = taken::Service(std::vector<earshot::testing::Setting>{{"most_pixels", 100'000}}).probe(path);
  CHECK(answer.status == EAR_UNSUPPORTED);
  CHECK_THAT(answer.message, Catch::Contains("'most_pixels'"));
}
