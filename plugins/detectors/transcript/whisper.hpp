// whisper.hpp: whisper.cpp. One model, which makes one transcript at a time; any thread, the others wait.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace earshot::transcript {

// Times in nanoseconds into the sound.
struct Word {
  std::uint32_t begin = 0, end = 0;  // bytes in the text
  std::int64_t start = 0, stop = 0;
  double confidence = 0;
};
struct Sentence {
  std::string text;
  std::int64_t start = 0, stop = 0;
  double confidence = 0;  // the mean of its words
  std::vector<Word> words;
};
struct Said {
  std::string language;  // as it was told or found: "en"
  std::vector<Sentence> sentences;
};

class Whisper {
 public:
  // Throws Error at option `model` where the file is none that whisper.cpp reads. `language`: "auto" finds it out.
  Whisper(const std::filesystem::path& model, std::string language, int threads);
  ~Whisper();
  Whisper(const Whisper&) = delete;
  Whisper& operator=(const Whisper&) = delete;

  // Of some seconds of sound at 16 kHz. Asks `cancelled` all the time; then throws earshot::cancelled().
  Said transcribe(std::span<const std::int16_t> sound, const std::function<bool()>& cancelled);

 private:
  struct Model;
  std::unique_ptr<Model> model_;
};

}  // namespace earshot::transcript
