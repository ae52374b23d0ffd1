// decoder.hpp: PocketSphinx. Listens for names in two ways: spots them cheaply against a loop of single phones, and
// writes down what is said with the names among all words of English. One thread at a time for an instance.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "speech/phones.hpp"

namespace earshot::speech {

inline constexpr int kFramesPerSecond = 100;
inline constexpr int kSamplesPerFrame = 160;

struct Spelling {
  std::uint32_t name = 0;  // whose
  Phones phones;
  double threshold = 0;  // natural logarithm of the likelihood ratio to the loop of phones
};

struct DecoderSettings {
  std::filesystem::path model;  // folder
  double prior = -5;            // log10 of a name's probability among all words
};

// A stretch of the sound in frames, the last one included.
struct Spotted {
  std::uint32_t name = 0;
  std::size_t spelling = 0;
  int first = 0, last = 0;
  double ratio = 0;  // natural logarithm
};
struct Heard {
  std::string word;         // lower case; empty: a name
  std::uint32_t name = 0;   // where there is no word
  int first = 0, last = 0;  // frames
  double probability = 0;   // of the word at this place, among what else it may have been
};

class Decoder {
 public:
  // Spellings of one name stand together. Takes about half a second of CPU and 100 MB. Throws Error.
  Decoder(const DecoderSettings& settings, std::span<const Spelling> spellings);
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  // Both take some seconds of sound as one utterance; what came before has no influence.
  std::vector<Spotted> spot(std::span<const std::int16_t> sound);
  std::vector<Heard> transcribe(std::span<const std::int16_t> sound);

 private:
  struct Sphinx;
  std::unique_ptr<Sphinx> sphinx_;
};

}  // namespace earshot::speech
