// transcript.hpp: the detector: what is said in the sound of posts, as segments of origin `speech` with the times of
// words. One copy a worker; the model behind them is shared.
#pragma once

#include <earshot/detector.hpp>
#include <earshot/services/media.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "transcript/whisper.hpp"

namespace earshot::transcript {

struct TranscriptOptions {
  std::filesystem::path model;
  std::string language;
  int threads;
  std::chrono::seconds longest;
  static constexpr auto schema() {
    using O = TranscriptOptions;
    return earshot::schema(
        option<&O::model>("model", "A model file of whisper.cpp", {.example = "models/ggml-base.bin"}),
        option<&O::language>("language", "The language that is spoken, as ISO 639-1; auto: found out for each stretch",
                             {.fallback = "auto"}),
        option<&O::threads>("threads", "How many processors one transcript may use",
                            {.fallback = "1", .min = 1, .max = 64}),
        option<&O::longest>("longest", "How much of one medium is written down",
                            {.fallback = "2h", .min = 1, .max = 86400, .flags = EAR_OPTION_RELOADABLE}));
  }
};

class Transcript : public Detector<TranscriptOptions> {
 public:
  static constexpr Info info{"transcript", "Writes down what is said in sound and video",
                             EAR_STATELESS | EAR_NEEDS_MEDIA};

  void start();
  void detect(const Batch& batch, Out& out);

 private:
  struct Setup {
    MediaService media;
    std::unique_ptr<Whisper> whisper;
  };
  void write(const Post& post, std::uint32_t media, const Said& said, std::int64_t before, Out& out) const;

  std::shared_ptr<Setup> setup_ = std::make_shared<Setup>();
};

}  // namespace earshot::transcript
