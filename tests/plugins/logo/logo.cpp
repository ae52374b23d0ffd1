#include <algorithm>
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../loaded.hpp"
#include "drawn.hpp"

namespace {

using namespace earshot::testing;
using earshot::Duration;

constexpr std::int64_t kSecond = 1'000'000'000;

// Watches Acme and Zentrix, by the pictures of their logos.
struct Fixture {
  TestMediaService media;
  DetectorHarness h{loaded("logo"), {}};

  Fixture() {
    media.add("logos/acme.png", still(acme_logo()));
    media.add("logos/zentrix.png", still(zentrix_logo()));
    h.service(EAR_MEDIA_1, media.table());
  }
  void watch_both() {
    h.watch("acme", {"Acme"}, {{"logos", Names{"logos/acme.png"}}});
    h.watch("zentrix", {"Zentrix"}, {{"logos", Names{"logos/zentrix.png"}}});
  }
  std::vector<TestFinding> look(const cv::Mat& picture) {
    media.add("post.jpg", still(picture));
    h.post("").image("post.jpg");
    h.run();
    return h.findings("mention");
  }
};

cv::Mat with_acme(double width, double degrees, bool reversed = false) {
  cv::Mat picture = wall(1);
  put(picture, acme_logo(), {300, 240}, width, degrees, reversed);
  return picture;
}

std::string attribute(const TestFinding& f, const std::string& key) {
  for (const Tree& t : f.attributes)
    if (t.key == key) return t.text;
  return {};
}

bool around(const ear_quad& box, float x, float y) {
  const float mx = (box.x[0] + box.x[1] + box.x[2] + box.x[3]) / 4,
              my = (box.y[0] + box.y[1] + box.y[2] + box.y[3]) / 4;
  return std::abs(mx - x) < 0.05F && std::abs(my - y) < 0.05F;
}

}  // namespace

TEST_CASE("a logo in a picture is a mention of its watch item") {
  Fixture f;
  f.watch_both();
  const auto found = f.look(with_acme(200, 0));
  REQUIRE(found.size() == 1);
  CHECK(found[0].subject == "acme");
}

TEST_CASE("a mention by a logo says where it stands") {
  Fixture f;
  f.watch_both();
  const auto found = f.look(with_acme(200, 0));
  REQUIRE(found.size() == 1);
  CHECK(around(found[0].box, 300.0F / 640, 240.0F / 480));
}

TEST_CASE("a mention by a logo says which picture of it was seen") {
  Fixture f;
  f.watch_both();
  const auto found = f.look(with_acme(200, 0));
  REQUIRE(found.size() == 1);
  CHECK(found[0].reason.find("logo acme.png seen, ") == 0);
  CHECK(attribute(found[0], "how") == "logo");
  CHECK(attribute(found[0], "logo") == "acme.png");
}

TEST_CASE("a turned logo is found") {
  Fixture f;
  f.watch_both();
  CHECK(f.look(with_acme(220, 35)).size() == 1);
}

TEST_CASE("a logo whose light and dark are exchanged is found") {
  Fixture f;
  f.watch_both();
  CHECK(f.look(with_acme(240, 0, true)).size() == 1);
}

TEST_CASE("a logo of which a fifth is hidden is found") {
  Fixture f;
  f.watch_both();
  cv::Mat picture = with_acme(240, 10);
  cv::rectangle(picture, {180, 120, 50, 240}, {90, 120, 90}, cv::FILLED);
  CHECK(f.look(picture).size() == 1);
}

TEST_CASE("several copies of a logo are several mentions") {
  Fixture f;
  f.watch_both();
  cv::Mat picture = wall(2);
  put(picture, acme_logo(), {150, 240}, 200, 0), put(picture, acme_logo(), {480, 240}, 200, 20);
  CHECK(f.look(picture).size() == 2);
}

TEST_CASE("logos of several watch items in one picture are each found") {
  Fixture f;
  f.watch_both();
  cv::Mat picture = wall(3);
  put(picture, acme_logo(), {150, 240}, 200, 0), put(picture, zentrix_logo(), {470, 240}, 240, 0);
  std::set<std::string> subjects;
  for (const TestFinding& found : f.look(picture)) subjects.insert(found.subject);
  CHECK(subjects == std::set<std::string>{"acme", "zentrix"});
}

TEST_CASE("pictures without a logo have no mention") {
  Fixture f;
  f.watch_both();
  CHECK(f.look(wall(4)).empty());
}

TEST_CASE("a watch item's logo_threshold counts instead of the threshold") {
  Fixture f;
  f.h.watch("acme", {"Acme"}, {{"logos", Names{"logos/acme.png"}}, {"logo_threshold", 1.0}});
  CHECK(f.look(with_acme(200, 0)).empty());
}

TEST_CASE("a logo beside which its name was read says so") {
  Fixture f;
  f.watch_both();
  f.media.add("post.jpg", still(with_acme(200, 0)));
  TestSegment read;
  read.origin = EAR_IMAGE, read.media = 0, read.text = "drink ACME today";
  f.h.post("").image("post.jpg").segment(read);
  f.h.run();
  const auto found = f.h.findings("mention");
  REQUIRE(found.size() == 1);
  CHECK(found[0].reason.find("its name is read beside it") != std::string::npos);
}

TEST_CASE("a logo in a video is one mention over time") {
  Fixture f;
  f.watch_both();
  TestMedium video;
  video.kind = EAR_MEDIA_VIDEO;
  video.pictures = {picture_of(wall(5), 0, kSecond), picture_of(with_acme(200, 0), kSecond, 2 * kSecond),
                    picture_of(with_acme(210, 3), 2 * kSecond, 4 * kSecond),
                    picture_of(wall(5), 4 * kSecond, 9 * kSecond)};
  f.media.add("post.mp4", video);
  f.h.post("").video("post.mp4");
  f.h.run();
  const auto found = f.h.findings("mention");
  REQUIRE(found.size() == 1);
  CHECK(found[0].start == Duration{kSecond});
  CHECK(found[0].stop == Duration{4 * kSecond});
}

TEST_CASE("a video says how long each watch item was on screen") {
  Fixture f;
  f.watch_both();
  TestMedium video;
  video.kind = EAR_MEDIA_VIDEO;
  video.pictures = {picture_of(with_acme(200, 0), kSecond, 3 * kSecond), picture_of(wall(5), 3 * kSecond, 9 * kSecond)};
  f.media.add("post.mp4", video);
  f.h.post("").video("post.mp4");
  f.h.run();
  const auto found = f.h.findings("screen_time");
  REQUIRE(found.size() == 1);
  CHECK(found[0].subject == "acme");
  CHECK(found[0].value == "2.0");
}

TEST_CASE("what was seen before a video breaks off holds") {
  Fixture f;
  f.watch_both();
  TestMedium video;
  video.kind = EAR_MEDIA_VIDEO, video.broken = "cut off at 0:02";
  video.pictures = {picture_of(with_acme(200, 0), 0, kSecond)};
  f.media.add("post.mp4", video);
  f.h.post("").video("post.mp4");
  f.h.run();
  CHECK(f.h.findings("mention").size() == 1);
  CHECK(f.h.findings("unreadable").size() == 1);
}

TEST_CASE("any cutting of the posts gives the same findings of logos") {
  TestMediaService media;
  media.add("logos/acme.png", still(acme_logo()));
  for (int i = 0; i < 3; ++i) media.add(std::to_string(i), still(i == 1 ? wall(6) : with_acme(190 + 20 * i, 8 * i)));
  CHECK_NOTHROW(for_each_chunking(loaded("logo"), {}, [&](DetectorHarness& h) {
    h.service(EAR_MEDIA_1, media.table());
    h.watch("acme", {"Acme"}, {{"logos", Names{"logos/acme.png"}}});
    for (int i = 0; i < 3; ++i) h.post("").image(std::to_string(i));
  }));
}

TEST_CASE("a logo that cannot be read is told with its watch item and file") {
  Fixture f;
  f.h.watch("acme", {"Acme"}, {{"logos", Names{"logos/lost.png"}}});
  CHECK_THROWS_WITH(f.h.start(), Catch::Contains("the logo 'logos/lost.png' of 'acme' cannot be read"));
}

TEST_CASE("a watchlist without logos is told") {
  Fixture f;
  f.h.watch("acme", {"Acme"});
  CHECK_THROWS_WITH(f.h.start(), Catch::Contains("no watch item has a logo"));
}

TEST_CASE("more logos than five of one watch item are told") {
  Fixture f;
  f.h.watch("acme", {"Acme"}, {{"logos", Names(6, "logos/acme.png")}});
  CHECK_THROWS_WITH(f.h.start(), Catch::Contains("more than 5"));
}
