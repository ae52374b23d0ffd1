// listen.hpp: names in some seconds of sound: spotted first, then checked against a transcript of the stretch in which
// the names compete with all words of English. One thread at a time for an instance.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "speech/decoder.hpp"
#include "speech/names.hpp"

namespace earshot::speech {

struct Mention {
  std::uint32_t name = 0;            // index in Names::all
  std::int64_t start = 0, stop = 0;  // samples into the sound
  double score = 0;
};

class Listener {
 public:
  // `names` outlives it.
  Listener(const DecoderSettings& settings, const Names& names);

  // In the order of time.
  std::vector<Mention> hear(std::span<const std::int16_t> sound, double minimum);

  // Of a stretch: everything heard in it. Told apart from `hear` for measuring.
  std::vector<Spotted> spot(std::span<const std::int16_t> sound) { return decoder_.spot(sound); }
  std::vector<Heard> transcribe(std::span<const std::int16_t> sound);

 private:
  void check(std::span<const std::int16_t> stretch, int offset, std::span<const Spotted> candidates, double minimum,
             std::vector<Mention>& mentions);

  const Names& names_;
  Decoder decoder_;
};

// 0..1. A name that stands in the transcript: by its probability there, and how much better than a loop of phones it
// fits. From 0.5.
double score_of_heard(double probability, double ratio);

}  // namespace earshot::speech
