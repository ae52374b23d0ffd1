// How much faster than real time `speech` listens on one core, with few and with many names, and the memory that it
// takes for it. The sound are the sentences of dev.tsv one after the other, by flite's voices; nearly every name is one
// that nobody says.
#include <catch2/catch.hpp>
#include <cstdio>
#include <earshot/testing.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "../../bench/used.hpp"
#include "../../plugins/speech/voice.hpp"
#include "../../plugins/test_media.hpp"

using namespace earshot::testing;

namespace {

Sound long_sound() {
  Sound all;
  std::ifstream in(EARSHOT_SOURCE_DIR "/tests/quality/speech/dev.tsv");
  const char* voices[] = {"slt", "rms", "awb"};
  std::size_t n = 0;
  for (std::string line; std::getline(in, line);) {
    const auto sentence = spoken(voices[n++ % 3], line.substr(line.rfind('\t') + 1));
    if (!sentence) return {};
    all.insert(all.end(), sentence->begin(), sentence->end());
  }
  return all;
}

// Invented names, two and three syllables.
std::vector<std::string> names(std::size_t count) {
  const char* first[] = {"Kor", "Ven", "Zal", "Mir", "Tro", "Bel", "Dax", "Fen", "Lum", "Pra", "Sil", "Quo", "Gra"};
  const char* middle[] = {"", "va", "ti", "mo", "ne", "ru", "li", "do"};
  const char* last[] = {"trix", "vane", "dor", "lex", "mont", "via", "plex", "gard", "son", "rico", "wen", "zo"};
  std::vector<std::string> all;
  for (std::size_t i = 0; all.size() < count; ++i)
    all.push_back(std::string(first[i % 13]) + middle[i / 13 % 8] + last[i / (13 * 8) % 12]);
  return all;
}

}  // namespace

TEST_CASE("speed and memory with few and with many names") {
  const Sound sound = long_sound();
  if (sound.empty()) {
    WARN("skipped: there is no flite (package flite)");
    return;
  }
  const double seconds = static_cast<double>(sound.size()) / 16000;
  std::printf("%.0f s of speech without pauses; aim with 1,000 names: 10 times real time on one core\n", seconds);
  for (const std::size_t count : {10u, 100u, 1000u}) {
    TestMediaService media;
    media.add("sound", {.kind = EAR_MEDIA_AUDIO, .samples = sound});
    DetectorHarness h(loaded("speech"));
    h.service(EAR_MEDIA_1, media.table());
    for (const std::string& name : names(count)) h.watch(name, {name});
    const double before = earshot::bench::cpu_seconds();
    h.start();
    const double started = earshot::bench::cpu_seconds();
    earshot::testing::TestMedia medium;
    medium.url = "sound";
    h.post("sound").media = {medium};
    h.run();
    const double used = earshot::bench::cpu_seconds() - started;
    std::printf("  %4zu names: start %.2f s, %.2f s CPU, %5.1f times real time, %zu mentions, %.0f MiB resident\n",
                count, started - before, used, seconds / used, h.findings("mention").size(),
                earshot::bench::resident_mib());
    if (count == 1000) CHECK(seconds / used >= 5);
  }
}
