// The pictures of files, as they are shown.
#include <catch2/catch.hpp>

#include "clips.hpp"
#include "service.hpp"

using clips::clip;
using taken::Picture;
using taken::Service;

namespace {

bool is_red(const Picture::Colour& c) {
  return c.red > 180 && c.green < 90 && c.blue < 90;
}
bool is_blue(const Picture::Colour& c) {
  return c.blue > 180 && c.green < 90 && c.red < 90;
}

// Nothing is missing and nothing is told twice.
bool is_seamless(const std::vector<Picture>& pictures) {
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    if (pictures[i].stop <= pictures[i].start) return false;
    if (i > 0 && pictures[i].start != pictures[i - 1].stop) return false;
  }
  return !pictures.empty() && pictures[0].start == 0;
}

// From when to when, in seconds, pictures are so in one go.
struct Stretch {
  double start, stop;
};
template <class Is>
std::vector<Stretch> stretches(const std::vector<Picture>& pictures, Is&& is) {
  std::vector<Stretch> all;
  for (const Picture& p : pictures) {
    if (!is(p)) continue;
    if (!all.empty() && p.start - all.back().stop < 0.01)
      all.back().stop = p.stop;
    else
      all.push_back({p.start, p.stop});
  }
  return all;
}

// A logo of 8 % of the width, pure red, that a moving background never is.
std::string planted(const std::string& name, const std::string& coding) {
  const std::string logo = clips::plain("logo.ppm", 51, 20, 255, 0, 0);
  const std::string when = "between(t,2.1,3.2)+between(t,5.33,6.4)+between(t,8.8,11)+lt(t,0)";
  return clip(name, "-f lavfi -i testsrc2=size=640x360:rate=25,hue=s=0,scroll=h=0.01:v=0.005 -i " + logo +
                        " -filter_complex \"[0][1]overlay=x=300:y=200:enable='" + when + "'\" -t 13 -pix_fmt yuv420p " +
                        coding);
}

void check_planted(const std::vector<Picture>& shown) {
  const auto seen = stretches(shown, [](const Picture& p) { return is_red(p.at(0.508, 0.583)); });
  REQUIRE(seen.size() == 3);
  const double starts[] = {2.1, 5.33, 8.8}, stops[] = {3.2, 6.4, 11};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(seen[i].start == Approx(starts[i]).margin(0.45));
    CHECK(seen[i].stop == Approx(stops[i]).margin(0.45));
  }
}

}  // namespace

TEST_CASE("each logo of a second and more on a moving background is seen when it is there", "[planted]") {
  const std::string path = planted("planted.mp4", "-c:v libx264 -preset veryfast");
  if (!clips::made(path)) return;
  const auto answer = Service().pictures(path);
  REQUIRE(answer.message == "");
  check_planted(answer.shown);
}

TEST_CASE("a logo is seen in a video whose frames all need each other", "[planted]") {
  const std::string path = planted("planted.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -b:v 1M");
  if (!clips::made(path)) return;
  check_planted(Service().pictures(path).shown);
}

TEST_CASE("a cut is shown at its frame, and each scene once") {
  const std::string path = clip(
      "cut.mp4",
      "-f lavfi -i color=red:size=320x180:rate=25:duration=2.4 -f lavfi -i color=blue:size=320x180:rate=25:duration=3 "
      "-filter_complex concat=n=2 -c:v libx264 -preset veryfast -pix_fmt yuv420p");
  if (!clips::made(path)) return;
  const auto shown = Service().pictures(path).shown;
  REQUIRE(shown.size() == 2);
  CHECK(is_seamless(shown));
  CHECK(shown[1].start == Approx(2.4).margin(0.13));
  CHECK(shown[1].stop == Approx(5.4).margin(0.05));
  CHECK((is_red(shown[0].at(0.5, 0.5)) && is_blue(shown[1].at(0.5, 0.5))));
}

TEST_CASE("frames at odd times keep them") {
  // A red frame at 0, a blue one at 3, a red one at 3.7 that stays until 9.
  const std::string red = clips::plain("red.ppm", 160, 90, 255, 0, 0),
                    blue = clips::plain("blue.ppm", 160, 90, 0, 0, 255);
  const std::string list =
      clips::folder().write("list.txt", "file '" + red + "'\nduration 3\nfile '" + blue + "'\nduration 0.7\nfile '" +
                                            red + "'\nduration 5.3\nfile '" + red + "'\n");
  const std::string path =
      clip("odd.mkv", "-f concat -safe 0 -i " + list + " -vsync vfr -c:v libx264 -preset ultrafast -pix_fmt yuv420p");
  if (!clips::made(path)) return;
  const auto shown = Service().pictures(path).shown;
  CHECK(is_seamless(shown));
  const auto blues = stretches(shown, [](const Picture& p) { return is_blue(p.at(0.5, 0.5)); });
  REQUIRE(blues.size() == 1);
  CHECK(blues[0].start == Approx(3).margin(0.05));
  CHECK(blues[0].stop == Approx(3.7).margin(0.05));
}

TEST_CASE("a turned video is shown upright") {
  const std::string left = clips::plain("left.ppm", 160, 180, 255, 0, 0),
                    right = clips::plain("right.ppm", 160, 180, 0, 0, 255);
  const std::string straight = clip("straight.mp4", "-loop 1 -i " + left + " -loop 1 -i " + right +
                                                        " -filter_complex hstack -t 1 -r 10 -c:v mpeg4 -q:v 2");
  if (!clips::made(straight)) return;
  // By a quarter to the left: right becomes top.
  const std::string path = clip("quarter.mp4", "-i " + straight + " -c copy -metadata:s:v rotate=90");
  if (!clips::made(path)) return;
  const auto shown = Service().pictures(path).shown;
  REQUIRE(!shown.empty());
  CHECK((shown[0].width == 180 && shown[0].height == 320));
  CHECK((is_blue(shown[0].at(0.5, 0.2)) && is_red(shown[0].at(0.5, 0.8))));

  const std::string half = clip("half.mp4", "-i " + straight + " -c copy -metadata:s:v rotate=180");
  if (!clips::made(half)) return;
  const auto upside = Service().pictures(half).shown;
  REQUIRE(!upside.empty());
  CHECK((is_blue(upside[0].at(0.2, 0.5)) && is_red(upside[0].at(0.8, 0.5))));
}

TEST_CASE("pixels that are no squares are shown as squares") {
  const std::string path = clip("sar.mp4", "-f lavfi -i color=red:size=180x180:rate=10,setsar=16/9 -t 1 -c:v mpeg4");
  if (!clips::made(path)) return;
  const auto shown = Service().pictures(path).shown;
  REQUIRE(!shown.empty());
  CHECK((shown[0].width == 320 && shown[0].height == 180));
}

TEST_CASE("ten bits a colour are shown as eight") {
  const std::string path = clip(
      "ten.mkv", "-f lavfi -i color=red:size=320x180:rate=10 -t 1 -pix_fmt yuv420p10le -c:v libx264 -preset ultrafast");
  if (!clips::made(path)) return;
  const auto shown = Service().pictures(path).shown;
  REQUIRE(!shown.empty());
  CHECK(is_red(shown[0].at(0.5, 0.5)));
}

TEST_CASE("white of high dynamic range is white") {
  // 203 nits are 58 % of the PQ curve.
  const std::string grey = clips::plain("pq.ppm", 320, 180, 148, 148, 148);
  const std::string path =
      clip("hdr.mkv", "-loop 1 -i " + grey +
                          " -t 1 -r 10 -pix_fmt yuv420p10le -c:v libx265 -preset ultrafast -x265-params "
                          "log-level=none -color_trc smpte2084 -color_primaries bt2020 -colorspace bt2020nc");
  if (!clips::made(path)) return;
  const auto shown = Service().pictures(path).shown;
  REQUIRE(!shown.empty());
  CHECK(shown[0].at(0.5, 0.5).green > 220);
}

TEST_CASE("a larger frame than is wished is made smaller, in proportion") {
  const std::string path = clip("large.mp4", "-f lavfi -i color=red:size=640x360:rate=10 -t 1 -c:v mpeg4");
  if (!clips::made(path)) return;
  ear_video_wish wish{};
  wish.most_pixels = 320 * 180;
  const auto shown = Service().pictures(path, wish).shown;
  REQUIRE(!shown.empty());
  CHECK((shown[0].width == 320 && shown[0].height == 180));
}

TEST_CASE("no more of it is read than is wished") {
  const std::string path = clip("long.mp4", "-f lavfi -i testsrc2=size=160x90:rate=10 -t 20 -c:v mpeg4");
  if (!clips::made(path)) return;
  ear_video_wish wish{};
  wish.at_most = 5'000'000'000;
  const auto answer = Service().pictures(path, wish);
  CHECK(answer.status == EAR_OK);
  CHECK(answer.shown.back().stop == Approx(5).margin(0.11));
}

TEST_CASE("the clock begins with the first picture, whatever the container's says") {
  const std::string path = clip("offset.mkv",
                                "-f lavfi -i testsrc2=size=160x90:rate=10 -f lavfi -i sine -t 2 -output_ts_offset 100 "
                                "-c:v mpeg4 -c:a pcm_s16le");
  if (!clips::made(path)) return;
  const auto shown = Service().pictures(path).shown;
  REQUIRE(!shown.empty());
  CHECK(shown.front().start == Approx(0).margin(0.05));
  CHECK(shown.back().stop == Approx(2).margin(0.15));
}

TEST_CASE("the cover of sound is one still") {
  const std::string cover = clips::plain("cover.ppm", 64, 48, 255, 0, 0);
  const std::string path =
      clip("cover.mp3",
           "-f lavfi -i sine -i " + cover + " -t 1 -map 0 -map 1 -c:a libmp3lame -c:v png -disposition:v attached_pic");
  if (!clips::made(path)) return;
  const auto answer = Service().pictures(path);
  REQUIRE(answer.message == "");
  REQUIRE(answer.shown.size() == 1);
  CHECK((answer.shown[0].start == 0 && answer.shown[0].stop == 0));
  CHECK((answer.shown[0].width == 64 && is_red(answer.shown[0].at(0.5, 0.5))));
}

TEST_CASE("a single picture is one still") {
  const std::string name = GENERATE("a.bmp", "a.tiff");
  const std::string path = clip(name, "-f lavfi -i color=red:size=64x48 -frames:v 1");
  if (!clips::made(path)) return;
  const auto answer = Service().pictures(path);
  REQUIRE(answer.message == "");
  REQUIRE(answer.shown.size() == 1);
  CHECK((answer.shown[0].start == 0 && answer.shown[0].stop == 0 && is_red(answer.shown[0].at(0.5, 0.5))));
}

TEST_CASE("sound has no pictures") {
  const std::string path = clip("a.wav", "-f lavfi -i sine -t 1");
  if (!clips::made(path)) return;
  CHECK(Service().pictures(path).status == EAR_UNSUPPORTED);
}

TEST_CASE("who does not want to see more is shown no more pictures") {
  const std::string path = clip("more.mp4", "-f lavfi -i testsrc2=size=160x90:rate=10 -t 5 -c:v mpeg4");
  if (!clips::made(path)) return;
  Service service;
  int shown = 0;
  service.on_picture = [&](const ear_picture&) { return ++shown, false; };
  CHECK(service.pictures(path).status == EAR_OK);
  CHECK(shown == 1);
}

TEST_CASE("pictures of a run that is cancelled are not read on") {
  const std::string path = clip("cancel.mp4", "-f lavfi -i testsrc2=size=160x90:rate=10 -t 5 -c:v mpeg4");
  if (!clips::made(path)) return;
  Service service;
  service.on_picture = [&](const ear_picture&) { return service.harness.cancel(), true; };
  CHECK(service.pictures(path).status == EAR_CANCELLED);
}

TEST_CASE("the end of a file that is read for long is told as progress") {
  const std::string path = clip("slow.mp4", "-f lavfi -i testsrc2=size=160x90:rate=10 -t 60 -c:v mpeg4");
  if (!clips::made(path)) return;
  Service service;
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(250);
  service.on_picture = [&](const ear_picture&) {
    while (std::chrono::steady_clock::now() < until) {
    }
    return true;
  };
  CHECK(service.pictures(path).status == EAR_OK);
  CHECK(service.harness.metric("progress") == 1);
}
