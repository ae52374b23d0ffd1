// The detector `speech`, on sentences that flite speaks.
#include <catch2/catch.hpp>
#include <earshot/testing.hpp>

#include "../test_media.hpp"
#include "skipping.hpp"
#include "voice.hpp"

using namespace earshot::testing;
using namespace std::chrono_literals;

namespace {

// One post with one sound; listens for Zentrix and Korvo.
struct Listening {
  explicit Listening(TestMedium medium, std::vector<Setting> options = {}) : h(loaded("speech"), std::move(options)) {
    media.add("a", std::move(medium));
    h.service(EAR_MEDIA_1, media.table());
    h.watch("zentrix", {"Zentrix"});
    h.watch("korvo", {"Korvo"});
    earshot::testing::TestMedia part;
    part.url = "a";
    h.post("text").media = {part};
  }
  TestMediaService media;
  DetectorHarness h;
};

TestMedium sound(Sound samples) {
  return {.kind = EAR_MEDIA_AUDIO, .samples = std::move(samples)};
}

std::optional<Sound> zentrix() {
  return spoken("rms", "We bought two cameras from Zentrix last month.");
}

}  // namespace

TEST_CASE("a name that is spoken is a mention of the medium, with its time") {
  const auto said = zentrix();
  if (no_voice(said)) return;
  Listening l(sound(joined({silence(12), *said})));
  l.h.run();
  const auto mentions = l.h.findings("mention");
  REQUIRE(mentions.size() == 1);
  const TestFinding& f = mentions[0];
  CHECK((f.subject == "zentrix" && f.media == 0 && f.segment == earshot::none));
  CHECK((f.start > 13s && f.start < 14500ms && f.stop > f.start && f.stop < 15500ms));
  CHECK_THAT(f.reason, Catch::StartsWith("heard 'Zentrix' from 0:13."));
}

TEST_CASE("a sentence without a name says nothing") {
  const auto said = spoken("slt", "The farmer sold his cows and moved to the coast.");
  if (no_voice(said)) return;
  Listening l(sound(*said));
  l.h.run();
  CHECK(l.h.findings().empty());
}

TEST_CASE("silence, a hundredth of a second and no sound at all say nothing") {
  for (const double seconds : {30.0, 0.01, 0.0}) {
    Listening l(sound(silence(seconds)));
    l.h.run();
    CHECK(l.h.findings().empty());
  }
}

TEST_CASE("what is too noisy is not listened to, and that is told once") {
  Sound noise(25 * 16000);
  std::uint32_t state = 1;
  for (std::int16_t& sample : noise)
    sample = static_cast<std::int16_t>(static_cast<int>((state = state * 1664525 + 1013904223) >> 18) - 8192);
  Listening l(sound(noise));
  l.h.run();
  REQUIRE(l.h.findings().size() == 1);
  CHECK((l.h.findings()[0].kind == "unheard" && l.h.findings()[0].value == "noise"));
  CHECK_THAT(l.h.findings()[0].reason, Catch::Contains("too noisy"));
}

TEST_CASE("a sound that breaks off is listened to as far as it goes") {
  const auto said = zentrix();
  if (no_voice(said)) return;
  TestMedium medium = sound(*said);
  medium.broken = "it ends in the middle";
  Listening l(medium);
  l.h.run();
  CHECK(l.h.findings("mention").size() == 1);
  CHECK(l.h.findings("unreadable").size() == 1);
}

TEST_CASE("no more of a medium is listened to than allowed, and that is told") {
  Listening l(sound(silence(30)), {{"longest", "10s"}});
  l.h.run();
  REQUIRE(l.h.findings().size() == 1);
  CHECK(l.h.findings()[0].value == "length");
}

TEST_CASE("a clip around the mention is kept as evidence") {
  const auto said = zentrix();
  if (no_voice(said)) return;
  const Folder folder;
  Listening l(sound(*said), {{"keep_clips", folder / "clips"}});
  l.h.run();
  const auto mentions = l.h.findings("mention");
  REQUIRE(mentions.size() == 1);
  REQUIRE(mentions[0].attributes.size() == 2);
  const Sound clip = read_wav(mentions[0].attributes[1].text);
  CHECK((clip.size() > 16000 && clip.size() < said->size()));
}

TEST_CASE("listening ends when the run does") {
  Listening l(sound(silence(60)));
  l.h.start();
  l.h.cancel();
  CHECK_THROWS_WITH(l.h.run(), Catch::Contains("cancelled"));
}

TEST_CASE("a folder without a model is told with the package to install") {
  Listening l(sound(silence(1)), {{"model", "/nowhere"}});
  CHECK_THROWS_WITH(l.h.start(), Catch::Contains("pocketsphinx-en-us"));
}
