// Going over the media of posts.
#include "media/reading.hpp"

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../test_media.hpp"

using namespace earshot::testing;

namespace {

// Counts the pictures of each medium as findings "picture".
class Counter : public earshot::Detector<> {
 public:
  static constexpr earshot::Info info{"counter", "Counts pictures"};
  void start() { media_ = earshot::MediaService(host()); }
  void detect(const earshot::Batch& batch, earshot::Out& out) {
    earshot::media::each_medium(media_, batch, out,
                                [&](const earshot::Post& post, const earshot::Media& media, const earshot::Medium& m) {
                                  m.pictures([&](const ear_picture&) {
                                    out.finding(post, {.kind = "picture", .media = media.number()});
                                    return true;
                                  });
                                });
  }

 private:
  earshot::MediaService media_;
};

TestMedia medium(std::string url) {
  TestMedia media;
  media.url = std::move(url);
  return media;
}

TestPicture dot() {
  return {1, 1, {0, 0, 0}};
}

}  // namespace

TEST_CASE("each picture of each medium of a post is shown") {
  TestMediaService media;
  media.add("a", {.pictures = {dot()}});
  media.add("b", {.kind = EAR_MEDIA_VIDEO, .pictures = {dot(), dot()}});
  DetectorHarness h(earshot::detail::component_of<Counter>);
  h.service(EAR_MEDIA_1, media.table());
  h.post("text").media = {medium("a"), medium("b")};
  h.run();
  const auto& findings = h.findings();
  REQUIRE(findings.size() == 3);
  CHECK((findings[0].media == 0 && findings[2].media == 1));
}

TEST_CASE("a medium that cannot be read is a finding on the post, and the others are read") {
  TestMediaService media;
  media.add("a", {.status = EAR_UNSUPPORTED, .fault = "20,000 x 20,000 pixels are too many"});
  media.add("b", {.pictures = {dot()}});
  DetectorHarness h(earshot::detail::component_of<Counter>);
  h.service(EAR_MEDIA_1, media.table());
  h.post("text").media = {medium("a"), medium("b")};
  h.run();
  const auto& findings = h.findings();
  REQUIRE(findings.size() == 2);
  CHECK((findings[0].kind == "unreadable" && findings[0].media == 0 && findings[0].value == "not supported"));
  CHECK(findings[0].reason == "20,000 x 20,000 pixels are too many");
  CHECK(findings[1].kind == "picture");
}

TEST_CASE("what was seen before a medium broke off holds") {
  TestMediaService media;
  media.add("a", {.kind = EAR_MEDIA_VIDEO, .pictures = {dot()}, .broken = "it ends in the middle of a frame"});
  DetectorHarness h(earshot::detail::component_of<Counter>);
  h.service(EAR_MEDIA_1, media.table());
  h.post("text").media = {medium("a")};
  h.run();
  const auto& findings = h.findings();
  REQUIRE(findings.size() == 2);
  CHECK((findings[0].kind == "picture" && findings[1].kind == "unreadable" && findings[1].value == "broken"));
}

TEST_CASE("what an earlier detector has told of a medium is not told again, nor looked at") {
  TestMediaService media;
  DetectorHarness h(earshot::detail::component_of<Counter>);
  h.service(EAR_MEDIA_1, media.table());
  TestFinding told;
  told.kind = "unreadable", told.media = 0;
  TestPost& post = h.post("text");
  post.media = {medium("a")}, post.findings = {told};
  h.run();
  CHECK(h.findings().empty());
}
