// The detector as a host drives it.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>
#include <numeric>

#include "../loaded.hpp"
#include "lettering.hpp"

using namespace earshot::testing;
using Catch::Matchers::Contains;

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

TestMedia medium(std::string url) {
  TestMedia media;
  media.url = std::move(url);
  return media;
}

cv::Mat poster(const std::string& words) {
  cv::Mat on = paper(640, 240);
  letter(on, words, {40, 120}, 34);
  return on;
}

struct Reading {
  TestMediaService media;
  DetectorHarness h{loaded("ocr")};
  Reading() { h.service(EAR_MEDIA_1, media.table()); }
  std::vector<TestSegment> segments() {
    h.run();
    std::vector<TestSegment> all;
    for (const auto& [post, segment] : h.segments()) all.push_back(segment);
    return all;
  }
};

}  // namespace

TEST_CASE("ocr makes a segment of the lettering in a picture, with its words and where they stand") {
  Reading r;
  r.media.add("a", {.pictures = {picture_of(poster("Zentrix phone"))}});
  r.h.post("text").media = {medium("a")};
  const auto segments = r.segments();
  REQUIRE(segments.size() == 1);
  const TestSegment& s = segments[0];
  CHECK((s.origin == EAR_IMAGE && s.media == 0 && s.start.count() == 0));
  CHECK(s.text == "Zentrix phone");
  REQUIRE(s.words.size() == 2);
  CHECK((s.words[1].begin == 8 && s.words[1].end == 13));
  CHECK((s.words[0].box.x[0] > 0.03f && s.words[0].box.x[1] < s.words[1].box.x[0] + 0.01f));
  CHECK((s.box.y[0] > 0.25f && s.box.y[2] < 0.65f));
}

TEST_CASE("ocr reads pictures that look the same once") {
  Reading r;
  TestPicture one = picture_of(poster("Zentrix phone")), other = picture_of(paper(640, 240));
  one.look = other.look = 7;  // what was found in one holds for the other
  r.media.add("a", {.pictures = {one}});
  r.media.add("b", {.pictures = {other}});
  r.h.post("text").media = {medium("a")};
  r.h.post("text").media = {medium("b")};
  const auto segments = r.segments();
  REQUIRE(segments.size() == 2);
  CHECK(segments[0].text == segments[1].text);
}

TEST_CASE("ocr makes one segment of lettering that stays in a video") {
  Reading r;
  std::vector<TestPicture> pictures;
  for (std::int64_t i = 0; i < 6; ++i)
    pictures.push_back(
        picture_of(i >= 1 && i < 4 ? poster("Zentrix phone") : paper(640, 240), i * kSecond, (i + 1) * kSecond));
  r.media.add("v", {.kind = EAR_MEDIA_VIDEO, .pictures = pictures});
  r.h.post("text").media = {medium("v")};
  const auto segments = r.segments();
  REQUIRE(segments.size() == 1);
  CHECK((segments[0].start.count() == kSecond && segments[0].end.count() == 4 * kSecond));
  CHECK((segments[0].words.at(0).start.count() == kSecond && segments[0].words.at(0).stop.count() == 4 * kSecond));
}

TEST_CASE("ocr keeps lettering that follows another in a video apart") {
  Reading r;
  r.media.add("v", {.kind = EAR_MEDIA_VIDEO,
                    .pictures = {picture_of(poster("Zentrix phone"), 0, kSecond),
                                 picture_of(poster("Korvo bicycle"), kSecond, 2 * kSecond)}});
  r.h.post("text").media = {medium("v")};
  const auto segments = r.segments();
  REQUIRE(segments.size() == 2);
  CHECK((segments[0].text == "Zentrix phone" && segments[1].text == "Korvo bicycle"));
}

TEST_CASE("ocr tells what it saw of a video before it broke off") {
  Reading r;
  r.media.add("v", {.kind = EAR_MEDIA_VIDEO,
                    .pictures = {picture_of(poster("Zentrix phone"), 0, kSecond)},
                    .broken = "it ends in the middle of a frame"});
  r.h.post("text").media = {medium("v")};
  CHECK(r.segments().size() == 1);
  REQUIRE(r.h.findings().size() == 1);
  CHECK(r.h.findings()[0].kind == "unreadable");
}

TEST_CASE("ocr tells a language that is not installed with the package to install") {
  TestMediaService media;
  DetectorHarness h(loaded("ocr"), {{"languages", {"eng", "tlh_latn"}}});
  h.service(EAR_MEDIA_1, media.table());
  h.post("text");
  CHECK_THROWS_WITH(h.run(), Contains("apt-get install tesseract-ocr-tlh-latn"));
}

TEST_CASE("ocr takes no path for a language") {
  TestMediaService media;
  DetectorHarness h(loaded("ocr"), {{"languages", {"../eng"}}});
  h.service(EAR_MEDIA_1, media.table());
  h.post("text");
  CHECK_THROWS_WITH(h.run(), Contains("named as Tesseract does"));
}

TEST_CASE("ocr gives the same answers however posts are cut into batches") {
  TestMediaService media;
  media.add("a", {.pictures = {picture_of(poster("Zentrix phone"))}});
  media.add("b", {.pictures = {picture_of(poster("Korvo bicycle"))}});
  for_each_chunking(loaded("ocr"), {}, [&](DetectorHarness& h) {
    h.service(EAR_MEDIA_1, media.table());
    for (const char* url : {"a", "b", "a"}) h.post("text").media = {medium(url)};
  });
}
