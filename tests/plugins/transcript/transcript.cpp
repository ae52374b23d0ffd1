// The detector `transcript` over a whisper.cpp that is made up (fake/): what becomes of what it hears.
#include "transcript/transcript.hpp"

#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../test_media.hpp"
#include "fake/fake.hpp"

using namespace earshot::testing;
using namespace std::chrono_literals;
using fake_whisper::heard;

namespace {

struct Run {
  explicit Run(double seconds, std::string model = "model.bin")
      : h(earshot::detail::component_of<earshot::transcript::Transcript>, {{"model", std::move(model)}}) {
    heard = {};
    media.add("a", {.kind = EAR_MEDIA_AUDIO,
                    .samples = std::vector<std::int16_t>(static_cast<std::size_t>(seconds * 16000), 1000)});
    h.service(EAR_MEDIA_1, media.table());
    earshot::testing::TestMedia medium;
    medium.url = "a";
    h.post("text").media = {medium};
  }
  TestMediaService media;
  DetectorHarness h;
};

}  // namespace

TEST_CASE("what is said becomes a segment of origin speech, with the times of its words") {
  Run run(2);
  heard.segments = {
      {{"[_BEG_]", 0, 0, 1, 150}, {" I", 10, 20}, {" like", 20, 50}, {" Kor", 50, 70, 0.8F}, {"vo", 70, 90, 0.6F}}};
  run.h.run();
  REQUIRE(run.h.segments().size() == 1);
  const TestSegment& segment = run.h.segments()[0].second;
  CHECK(segment.text == "I like Korvo");
  CHECK((segment.origin == EAR_SPEECH && segment.media == 0 && segment.language == "en"));
  REQUIRE(segment.words.size() == 3);
  CHECK((segment.words[2].begin == 7 && segment.words[2].end == 12));
  CHECK((segment.words[2].start == 500ms && segment.words[2].stop == 900ms));
  CHECK(segment.words[2].confidence == Approx(0.7));
}

TEST_CASE("a long sound is written down in pieces, and times go on through them") {
  Run run(45);
  heard.segments = {{{" yes", 100, 150}}};
  run.h.run();
  REQUIRE(heard.pieces.size() == 2);
  REQUIRE(run.h.segments().size() == 2);
  const auto second = run.h.segments()[1].second.start;
  CHECK((second > 21s && second < 31s));
}

TEST_CASE("a sound in which nothing is said adds nothing") {
  Run run(2);
  run.h.run();
  CHECK(run.h.segments().empty());
}

TEST_CASE("a model that whisper.cpp cannot read is told at its option") {
  Run run(2, "missing.bin");
  CHECK_THROWS_WITH(run.h.start(), Catch::Contains("cannot read the model missing.bin"));
}

TEST_CASE("a transcript ends when the run does") {
  Run run(2);
  run.h.start();
  run.h.cancel();
  CHECK_THROWS_WITH(run.h.run(), Catch::Contains("cancelled"));
}
