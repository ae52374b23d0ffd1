// The subtitles of media as segments.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../loaded.hpp"
#include "../test_media.hpp"

using namespace earshot::testing;

namespace {

constexpr std::int64_t kMs = 1'000'000;

TestCaption cue(std::string text, std::int64_t start, std::int64_t stop, std::string language = "en") {
  return {std::move(text), std::move(language), start * kMs, stop * kMs};
}

// The segments of a post with one medium that carries these.
std::vector<TestSegment> read(std::vector<TestCaption> cues, std::vector<Setting> options = {},
                              std::vector<TestFinding>* findings = nullptr) {
  TestMediaService media;
  media.add("video", {.kind = EAR_MEDIA_VIDEO, .captions = std::move(cues)});
  DetectorHarness h(loaded("captions"), std::move(options));
  h.service(EAR_MEDIA_1, media.table());
  TestMedia medium;
  medium.url = "video";
  h.post("text").media = {medium};
  h.run();
  if (findings != nullptr) *findings = h.findings();
  std::vector<TestSegment> all;
  for (const auto& [post, segment] : h.segments()) all.push_back(segment);
  return all;
}

}  // namespace

TEST_CASE("each subtitle becomes a segment with its time and its language") {
  const auto segments = read({cue("Hello.", 1000, 2000), cue("And again.", 5000, 6500)});
  REQUIRE(segments.size() == 2);
  CHECK(segments[1].origin == EAR_CAPTION);
  CHECK(segments[1].text == "And again.");
  CHECK(segments[1].language == "en");
  CHECK(segments[1].media == 0);
  CHECK((segments[1].start.count() == 5000 * kMs && segments[1].end.count() == 6500 * kMs));
}

TEST_CASE("a name that is split over two subtitles stands in one segment, each word with its time") {
  const auto segments = read({cue("I bought an Acme", 1000, 2000), cue("Rocket today", 2100, 3000)});
  REQUIRE(segments.size() == 1);
  CHECK(segments[0].text == "I bought an Acme Rocket today");
  REQUIRE(segments[0].words.size() == 6);
  const auto& acme = segments[0].words[3];
  const auto& rocket = segments[0].words[4];
  CHECK(segments[0].text.substr(acme.begin, acme.end - acme.begin) == "Acme");
  CHECK(acme.stop.count() == 2000 * kMs);
  CHECK(segments[0].text.substr(rocket.begin, rocket.end - rocket.begin) == "Rocket");
  CHECK(rocket.start.count() == 2100 * kMs);
}

TEST_CASE("a pause or the end of a sentence ends a segment") {
  CHECK(read({cue("I bought an Acme", 1000, 2000), cue("Rocket", 2600, 3000)}).size() == 2);
  CHECK(read({cue("I bought it.", 1000, 2000), cue("Rockets are fine", 2000, 3000)}).size() == 2);
}

TEST_CASE("segments stay short however long people talk") {
  std::vector<TestCaption> cues;
  for (int i = 0; i < 100; ++i)
    cues.push_back(cue("and so on and on for " + std::to_string(i), i * 1000, (i + 1) * 1000));
  const auto segments = read(cues);
  CHECK(segments.size() > 4);
  for (const TestSegment& s : segments) CHECK(s.text.size() < 500);
}

TEST_CASE("lines of a subtitle are one text") {
  const auto segments = read({cue("the new Acme\nRocket", 0, 1000)});
  REQUIRE(segments.size() == 1);
  CHECK(segments[0].text == "the new Acme Rocket");
}

TEST_CASE("a line that rolls up counts once") {
  const auto segments = read({cue("first line", 0, 1000), cue("first line\nsecond line", 1000, 2000),
                              cue("second line\nthird line", 2000, 3000)});
  REQUIRE(segments.size() == 1);
  CHECK(segments[0].text == "first line second line third line");
}

TEST_CASE("languages that come in turns stay apart") {
  const auto segments = read({cue("one", 0, 1000, "en"), cue("eins", 0, 1000, "de"), cue("two", 1000, 2000, "en"),
                              cue("zwei", 1000, 2000, "de")});
  REQUIRE(segments.size() == 2);
  CHECK(segments[0].text == "eins zwei");
  CHECK(segments[1].text == "one two");
}

TEST_CASE("captions that are too long are read as far as is allowed, and that is told") {
  std::vector<TestCaption> cues;
  for (int i = 0; i < 100; ++i)
    cues.push_back(cue(std::string(97, 'x') + std::to_string(i + 100).substr(1) + ".", i * 1000, (i + 1) * 1000));
  std::vector<TestFinding> findings;
  CHECK(read(cues, {{"most", 2048}}, &findings).size() == 20);
  REQUIRE(findings.size() == 1);
  CHECK((findings[0].kind == "unreadable" && findings[0].value == "not supported"));
}

TEST_CASE("a medium without captions says nothing") {
  std::vector<TestFinding> findings;
  CHECK(read({}, {}, &findings).empty());
  CHECK(findings.empty());
}

TEST_CASE("without the media service it does not start, and says why") {
  DetectorHarness h(loaded("captions"));
  CHECK_THROWS_WITH(h.start(), Catch::Contains("earshot.media/1"));
}

TEST_CASE("a copy for another worker reads, too") {
  TestMediaService media;
  media.add("video", {.kind = EAR_MEDIA_VIDEO, .captions = {cue("Hello.", 0, 1000)}});
  ComponentUnderTest first(loaded("captions"));
  first.host().add_service(EAR_MEDIA_1, media.table());
  first.start();
  void* sibling = nullptr;
  first.call("share", [&](ear_error* e) { return first.table().detector->share(first.self(), &sibling, e); });

  TestMedia medium;
  medium.url = "video";
  TestPost post;
  post.media = {medium};
  const std::vector<const TestPost*> posts{&post};
  std::pmr::monotonic_buffer_resource memory;
  DetectorRecord record(posts);
  ear_error error = make_error();
  CHECK(first.table().detector->detect(sibling, freeze_batch(posts, {}, memory, {}), &record.raw(), &error) == EAR_OK);
  CHECK(record.said.segments.size() == 1);
  first.table().destroy(sibling);
}
