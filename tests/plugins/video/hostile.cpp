// Files that are broken, lie, or want more than their own bytes.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "clips.hpp"
#include "service.hpp"
#include "video/file.hpp"

using Catch::Contains;
using clips::clip;
using taken::Service;

namespace {

std::string ten_seconds(const std::string& name, const std::string& more) {
  return clip(name, "-f lavfi -i testsrc2=size=320x180:rate=25 -f lavfi -i sine -t 10 " + more);
}

}  // namespace

TEST_CASE("an empty file is told as such") {
  const auto answer = Service().probe(clips::folder().write("empty.mp4", ""));
  CHECK(answer.status == EAR_INVALID);
  CHECK(answer.message == "the file is empty");
}

TEST_CASE("a file that is not there is told as such") {
  CHECK(Service().probe(clips::folder() / "nowhere.mp4").status == EAR_IO);
}

TEST_CASE("a pipe is not waited for") {
  const std::string path = clips::folder() / "pipe";
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  CHECK(Service().probe(path).status == EAR_INVALID);
}

TEST_CASE("text, markup and noise are no media") {
  std::string noise;
  for (std::uint32_t i = 0, v = 7; i < 100'000; ++i) noise += static_cast<char>((v = v * 1664525 + 1013904223) >> 24);
  const std::string text = GENERATE_COPY(std::string("hello"), std::string("<html><video src='a.mp4'></video></html>"),
                                         std::string("<svg xmlns='http://www.w3.org/2000/svg'/>"), noise);
  const auto answer = Service().probe(clips::folder().write("noise.mp4", text));
  CHECK((answer.status == EAR_INVALID || answer.status == EAR_UNSUPPORTED));
  CHECK(answer.message != "");
}

TEST_CASE("a file that names other files is not followed") {
  const auto [name, text] = GENERATE(table<std::string, std::string>({
      {"a.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"},
      {"a.ffconcat", "ffconcat version 1.0\nfile '/etc/passwd'\n"},
      {"a.mpd",
       "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" "
       "profiles=\"urn:mpeg:dash:profile:isoff-main:2011\"><Period><BaseURL>file:///etc/passwd</BaseURL></Period></"
       "MPD>"},
      {"a.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n"},
      {"a.ram", "file:///etc/passwd\n"},
      {"a.tee", "[f=mp4]/etc/passwd|[f=mp4]/tmp/x"},
  }));
  Service service;
  const std::string path = clips::folder().write(name, text);
  const auto answer = service.probe(path);
  CHECK((answer.status == EAR_INVALID || answer.status == EAR_UNSUPPORTED));
  CHECK(service.pictures(path).shown.empty());
  CHECK(service.captions(path).shown.empty());
}

TEST_CASE("a playlist is refused by its kind") {
  const std::string path = clips::folder().write(
      "b.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n");
  const auto answer = Service().probe(path);
  CHECK(answer.status == EAR_UNSUPPORTED);
  CHECK_THAT(answer.message, Contains("'hls'"));
}

TEST_CASE("a file is only what its path says, whatever patterns and protocols stand in it") {
  const std::string path = clip("real.mp4", "-f lavfi -i testsrc2=size=160x90:rate=10 -t 1 -c:v mpeg4");
  if (!clips::made(path)) return;
  Service service;
  CHECK(service.probe("file:" + path).status == EAR_IO);
  CHECK(service.probe("concat:" + path).status == EAR_IO);
  CHECK(service.probe("http://127.0.0.1/real.mp4").status == EAR_IO);
}

TEST_CASE("an mp4 whose index is missing is told as broken") {
  const std::string path = ten_seconds("whole.mp4", "-c:v mpeg4 -c:a aac");
  if (!clips::made(path)) return;
  const auto answer = Service().probe(clips::cut(path, 0.5));
  CHECK(answer.status == EAR_INVALID);
  CHECK_THAT(answer.message, Contains("broken, or cut off"));
}

TEST_CASE("of a video that is cut off what is there is shown, then when it broke off") {
  const std::string coding = GENERATE("a.webm -c:v libvpx -deadline realtime -cpu-used 8 -b:v 1M -c:a libvorbis",
                                      "b.mp4 -c:v mpeg4 -c:a aac -movflags +faststart");
  const auto space = coding.find(' ');
  const std::string path = ten_seconds(coding.substr(0, space), coding.substr(space));
  if (!clips::made(path)) return;
  const std::string half = clips::cut(path, 0.5);
  Service service;
  const auto pictures = service.pictures(half);
  CHECK(pictures.status == EAR_INVALID);
  CHECK_THAT(pictures.message, Contains("broke off at 0:0"));
  REQUIRE(!pictures.shown.empty());
  CHECK(pictures.shown.back().stop == Approx(5).margin(1.5));
  const auto sound = service.sound(half);
  CHECK(sound.status == EAR_INVALID);
  CHECK(static_cast<double>(sound.shown[0].samples.size()) / 16000 == Approx(5).margin(1.5));
}

TEST_CASE("a whole video is not told as broken") {
  const std::string coding = GENERATE(
      "a.webm -c:v libvpx -deadline realtime -cpu-used 8 -c:a libopus", "b.mp4 -c:v libx264 -preset ultrafast -c:a aac",
      "c.avi -c:v mpeg4 -c:a mp3", "d.ts -c:v mpeg2video -c:a mp2", "e.flv -c:v flv -c:a mp3 -ar 44100",
      "f.mkv -c:v mpeg4 -c:a flac", "g.mpg -c:v mpeg1video -c:a mp2", "h.mov -c:v mjpeg -c:a pcm_s16le");
  const auto space = coding.find(' ');
  const std::string path = ten_seconds(coding.substr(0, space), coding.substr(space));
  if (!clips::made(path)) return;
  Service service;
  const auto pictures = service.pictures(path);
  CHECK(pictures.message == "");
  REQUIRE(!pictures.shown.empty());
  CHECK(pictures.shown.back().stop == Approx(10).margin(0.2));
  const auto sound = service.sound(path);
  CHECK(sound.message == "");
  CHECK(static_cast<double>(sound.shown[0].samples.size()) / 16000 == Approx(10).margin(0.2));
}

TEST_CASE("a video with damage in its middle is shown to its end") {
  const std::string path = ten_seconds("damaged.mp4", "-c:v mpeg4 -c:a aac -movflags +faststart");
  if (!clips::made(path)) return;
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(path) / 2));
    file << std::string(2000, '\x55');
  }
  const auto pictures = Service().pictures(path);
  REQUIRE(!pictures.shown.empty());
  CHECK(pictures.shown.back().stop == Approx(10).margin(0.2));
}

TEST_CASE("an hour is read in little memory") {
  const std::string path = clip("hour.mp4", "-f lavfi -i testsrc2=size=64x36:rate=1 -t 3600 -c:v mpeg4 -g 60");
  if (!clips::made(path)) return;
  Service service;
  int shown = 0;
  double stop = 0;
  service.on_picture = [&](const ear_picture& p) { return ++shown, stop = static_cast<double>(p.stop) / 1e9, true; };
  CHECK(service.probe(path).shown[0].duration == 3'600'000'000'000);
  CHECK(service.pictures(path).status == EAR_OK);
  CHECK(stop == Approx(3600).margin(1.5));
  CHECK(shown > 1000);
}

TEST_CASE("what takes longer than is allowed ends") {
  const std::string path = clip("endless.mp4", "-f lavfi -i testsrc2=size=160x90:rate=25 -t 1 -c:v mpeg4");
  if (!clips::made(path)) return;
  earshot::testing::TestHost raw;
  const earshot::Host host(raw.raw());
  earshot::video::Watch watch(host, earshot::Duration{0});
  CHECK_THROWS_WITH(earshot::video::File(path, {1 << 20, 1}, watch), Contains("time_limit"));
}
