// The sound of files.
#include <catch2/catch.hpp>

#include "clips.hpp"
#include "service.hpp"

using clips::clip;
using taken::Service;

namespace {
constexpr double kLoud = 500, kQuiet = 50;
}

TEST_CASE("sound of any rate and number of channels becomes 16,000 samples a second of one") {
  const std::string coding = GENERATE("a.wav -ac 1 -ar 8000", "b.mp3 -ac 2 -ar 44100", "c.ogg -ac 2 -ar 48000",
                                      "d.mka -ac 6 -ar 48000", "e.flac -ac 2 -ar 96000");
  const auto space = coding.find(' ');
  const std::string path = clip(coding.substr(0, space), "-f lavfi -i sine=frequency=440 -t 3" + coding.substr(space));
  if (!clips::made(path)) return;
  const auto answer = Service().sound(path);
  REQUIRE(answer.message == "");
  const taken::Sound& sound = answer.shown[0];
  CHECK(static_cast<double>(sound.samples.size()) / 16000 == Approx(3).margin(0.06));
  CHECK(sound.is_continuous);
  CHECK(sound.longest == 16000);
  CHECK(sound.loudness(0.2, 2.8) > kLoud);
}

TEST_CASE("sound that begins after the pictures begins after silence") {
  const std::string path = clip("late.mkv",
                                "-f lavfi -i testsrc2=size=160x90:rate=10:duration=3 -itsoffset 1 -f lavfi -i "
                                "sine=duration=2 -c:v mpeg4 -c:a pcm_s16le");
  if (!clips::made(path)) return;
  const auto sound = Service().sound(path).shown[0];
  CHECK(sound.loudness(0, 0.9) < kQuiet);
  CHECK(sound.loudness(1.1, 2.9) > kLoud);
  CHECK(static_cast<double>(sound.samples.size()) / 16000 == Approx(3).margin(0.06));
}

TEST_CASE("a gap in the sound is silence") {
  const std::string path =
      clip("gap.mkv", "-f lavfi -i sine=duration=4 -af \"aselect='lt(t,1)+gte(t,3)'\" -c:a pcm_s16le");
  if (!clips::made(path)) return;
  const auto sound = Service().sound(path).shown[0];
  CHECK(sound.loudness(0.1, 0.9) > kLoud);
  CHECK(sound.loudness(1.1, 2.9) < kQuiet);
  CHECK(sound.loudness(3.1, 3.9) > kLoud);
  CHECK(sound.is_continuous);
}

TEST_CASE("no more sound is read than is wished") {
  const std::string path = clip("wish.wav", "-f lavfi -i sine -t 10");
  if (!clips::made(path)) return;
  ear_video_wish wish{};
  wish.at_most = 2'500'000'000;
  const auto answer = Service().sound(path, wish);
  CHECK(answer.status == EAR_OK);
  CHECK(answer.shown[0].samples.size() == 40'000);
}

TEST_CASE("a silent video has no sound to hear") {
  const std::string path = clip("silent.mp4", "-f lavfi -i testsrc2=size=160x90:rate=10 -t 1 -c:v mpeg4");
  if (!clips::made(path)) return;
  CHECK(Service().sound(path).status == EAR_UNSUPPORTED);
}

TEST_CASE("the clock of sound begins with the file, whatever the container's says") {
  const std::string path = clip("offset.mkv", "-f lavfi -i sine -t 2 -output_ts_offset 100 -c:a pcm_s16le");
  if (!clips::made(path)) return;
  const auto sound = Service().sound(path).shown[0];
  CHECK(static_cast<double>(sound.samples.size()) / 16000 == Approx(2).margin(0.05));
}
