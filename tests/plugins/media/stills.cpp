// Each kind of picture is decoded to the pixels that were put in, or says what is wrong with it.
#include <catch2/catch.hpp>
#include <earshot/error.hpp>

#include "media/made_pictures.hpp"
#include "media/still.hpp"

using namespace earshot::media;
using namespace pictures;
using Catch::Contains;

namespace {

Still decode(const std::string& bytes, const Limits& limits = {}) {
  return decoded(sniff(bytes).format, bytes, limits);
}

// The mean difference of a level; enormous where the sizes differ.
double apart(const Still& still, const Pixels& from) {
  if (still.size != Size{from.width, from.height}) return 1e9;
  double sum = 0;
  for (std::size_t i = 0; i < from.bgr.size(); ++i) sum += std::abs(int{still.pixels[i]} - int{from.bgr[i]});
  return sum / static_cast<double>(from.bgr.size());
}

Pixels grey_of(Pixels p) {
  for (std::size_t i = 0; i < p.bgr.size(); i += 3)
    p.bgr[i] = p.bgr[i + 1] = p.bgr[i + 2] =
        static_cast<std::uint8_t>((p.bgr[i] * 29 + p.bgr[i + 1] * 150 + p.bgr[i + 2] * 77) >> 8);
  return p;
}

std::string fault_of(const std::string& bytes, const Limits& limits = {}, ear_status* status = nullptr) {
  try {
    return decode(bytes, limits).fault;
  } catch (const earshot::Error& error) {
    if (status != nullptr) *status = error.status;
    return error.what();
  }
}

// Reddish, greenish, blueish, or light, at a corner of corners().
char colour_at(const Still& s, bool right, bool low) {
  const std::size_t x = right ? s.size.width * 3 / 4 : s.size.width / 4,
                    y = low ? s.size.height * 3 / 4 : s.size.height / 4;
  const std::uint8_t* p = &s.pixels[(y * s.size.width + x) * 3];
  const bool blue = p[0] > 128, green = p[1] > 128, red = p[2] > 128;
  return blue && green && red ? 'w' : blue ? 'b' : green ? 'g' : red ? 'r' : '?';
}
std::string colours(const Still& s) {
  return {colour_at(s, false, false), colour_at(s, true, false), colour_at(s, false, true), colour_at(s, true, true)};
}

}  // namespace

TEST_CASE("a JPEG picture is read: plain, progressive, grey and of inks") {
  const Pixels p = scene(321, 200, 1);
  CHECK(apart(decode(jpeg(p)), p) < 4);
  CHECK(apart(decode(jpeg(p, {.progressive = true})), p) < 4);
  CHECK(apart(decode(jpeg(p, {.grey = true})), grey_of(p)) < 4);
  CHECK(apart(decode(jpeg(p, {.cmyk = true})), p) < 4);
}

TEST_CASE("a PNG picture is read: of each depth, with a palette, interlaced, and with what is not opaque") {
  const Pixels p = scene(321, 200, 2);
  CHECK(apart(decode(png(p)), p) == 0);
  CHECK(apart(decode(png(p, PngForm::interlaced)), p) == 0);
  CHECK(apart(decode(png(p, PngForm::rgb16)), p) == 0);
  CHECK(apart(decode(png(p, PngForm::grey)), grey_of(p)) == 0);
  CHECK(apart(decode(png(p, PngForm::grey_alpha)), grey_of(p)) == 0);
  CHECK(apart(decode(png(p, PngForm::rgba)), p) == 0);
  CHECK(apart(decode(png(p, PngForm::palette)), p) < 15);
}

TEST_CASE("what is dark stands on white where nothing is, and what is light on dark") {
  const Still dark = decode(png(plain(8, 8, 0, 0, 0), PngForm::rgba, 0));
  CHECK(dark.pixels[0] == 255);
  const Still half = decode(png(plain(8, 8, 0, 0, 0), PngForm::rgba, 128));
  CHECK(half.pixels[0] == 127);
  const Still light = decode(png(plain(8, 8, 255, 255, 255), PngForm::rgba, 128));
  CHECK(light.pixels[0] < 160);
}

TEST_CASE("a WebP picture is read: lossy, lossless, and the first frame of an animation") {
  const Pixels p = scene(321, 200, 3);
  CHECK(apart(decode(webp(p)), p) < 6);
  CHECK(apart(decode(webp(p, true)), p) == 0);
  CHECK(apart(decode(webp_animation({p, scene(321, 200, 4)})), p) < 6);
}

TEST_CASE("of a GIF the first frame is read, interlaced too") {
  const Pixels p = scene(321, 200, 5);
  CHECK(apart(decode(gif({p, scene(321, 200, 6)})), p) < 15);
  CHECK(apart(decode(gif({p}, true)), p) < 15);
}

TEST_CASE("a picture comes upright, whichever way the camera was held") {
  const char* const seen[] = {"rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"};
  for (int turned = 1; turned <= 8; ++turned) {
    INFO(turned);
    const std::string bytes = jpeg(corners(64, 32), {.orientation = turned});
    const Still still = decode(bytes);
    CHECK(colours(still) == seen[turned - 1]);
    CHECK(still.size == (turned >= 5 ? Size{32, 64} : Size{64, 32}));
    CHECK(measured(Format::jpeg, bytes) == still.size);
  }
}

TEST_CASE("a large picture is handed out smaller, in its proportions") {
  const Pixels p = scene(1600, 1000, 7);
  const Limits limits{.shown_pixels = 40'000};
  for (const std::string& bytes : {jpeg(p), png(p), webp(p), gif({p}), png(p, PngForm::interlaced)}) {
    const Still still = decode(bytes, limits);
    CHECK(still.size.pixels() <= 40'000);
    CHECK(still.size.pixels() > 39'000);
    CHECK(still.original == Size{1600, 1000});
    CHECK(apart(still, scaled(p, still.size.width, still.size.height)) < 16);
  }
}

TEST_CASE("making a picture smaller takes means of areas: fine stripes become grey") {
  Pixels p = plain(1000, 500, 0, 0, 0);
  for (std::size_t i = 0; i < p.bgr.size(); ++i) p.bgr[i] = i / 3 % 2 == 0 ? 255 : 0;
  const Still still = decode(png(p), {.shown_pixels = 20'000});
  for (const std::uint8_t level : still.pixels) REQUIRE(std::abs(level - 127) < 40);
}

TEST_CASE("a picture that breaks off shows what was read and says how much that is") {
  const Pixels p = scene(320, 200, 8);
  for (const std::string& bytes : {jpeg(p), png(p), png(p, PngForm::interlaced), webp(p), webp(p, true), gif({p})}) {
    const std::string half = bytes.substr(0, bytes.size() * 6 / 10);
    CHECK_THAT(fault_of(half), Contains("broken"));
  }
  CHECK_THAT(fault_of(jpeg(p, {.progressive = true}).substr(0, 3000)), Contains("ends too early"));
  const std::string whole = jpeg(p);
  const Still still = decode(whole.substr(0, whole.size() / 2));
  CHECK(apart(still, p) < 60);
  CHECK_THAT(still.fault, Contains("% of its rows"));
}

TEST_CASE("what is cut off within its header is no picture") {
  const Pixels p = scene(320, 200, 9);
  for (const std::string& bytes : {jpeg(p), png(p), webp(p), gif({p})}) {
    ear_status status = EAR_OK;
    CHECK_THAT(fault_of(bytes.substr(0, 24), {}, &status), Contains("broken"));
    CHECK(status == EAR_INVALID);
  }
}

TEST_CASE("bytes turned at random never do worse than tell") {
  const Pixels p = scene(160, 100, 10);
  std::uint32_t state = 4711;
  const auto random = [&] { return state = state * 1664525u + 1013904223u, state >> 8; };
  for (const std::string& good : {jpeg(p), jpeg(p, {.progressive = true}), png(p), png(p, PngForm::interlaced), webp(p),
                                  webp(p, true), gif({p}), webp_animation({p, p})})
    for (int i = 0; i < 60; ++i) {
      std::string bytes = good;
      for (int n = 0; n < 4; ++n) bytes[12 + random() % (bytes.size() - 12)] = static_cast<char>(random());
      fault_of(bytes);
    }
  SUCCEED();
}

TEST_CASE("more pixels than are accepted are refused by the header alone") {
  ear_status status = EAR_OK;
  CHECK_THAT(fault_of(png_header(20'000, 20'000), {}, &status), Contains("20000x20000") && Contains("most_pixels"));
  CHECK(status == EAR_UNSUPPORTED);
  status = EAR_OK;
  fault_of(jpeg(plain(500, 500, 0, 0, 0)), {.most_pixels = 10'000}, &status);
  CHECK(status == EAR_UNSUPPORTED);
}

TEST_CASE("a decompression bomb is not unpacked") {
  ear_status status = EAR_OK;
  CHECK_THAT(fault_of(png_header(9000, 9000), {}, &status), Contains("bomb"));
  CHECK(status == EAR_UNSUPPORTED);
  const std::string bomb = gif({plain(6000, 6000, 9, 9, 9)});
  CHECK_THAT(fault_of(bomb, {}, &status), Contains("bomb"));
}

TEST_CASE("what would take more memory than may be had is told") {
  const Pixels p = scene(1000, 1000, 11);
  const Limits tight{.working_bytes = 500'000};
  for (const std::string& bytes :
       {jpeg(p, {.progressive = true}), png(p, PngForm::interlaced), webp(p, true), gif({p})})
    CHECK_THAT(fault_of(bytes, tight), Contains("MiB"));
  CHECK(fault_of(jpeg(p), tight).empty());
  CHECK(fault_of(png(p), tight).empty());
}

TEST_CASE("decoding ends soon after it was cancelled") {
  const Pixels p = scene(600, 600, 12);
  const Limits limits{.cancelled = [] { return true; }};
  for (const std::string& bytes : {jpeg(p), png(p), webp(p), gif({p}), png(p, PngForm::interlaced)}) {
    ear_status status = EAR_OK;
    fault_of(bytes, limits, &status);
    CHECK(status == EAR_CANCELLED);
  }
}
