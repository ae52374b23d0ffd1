// speech.hpp: the detector: names of the watchlist that are spoken in the sound of posts. One copy a worker: the names
// are shared, and each has a decoder of its own, made when there is sound for the first time.
#pragma once

#include <earshot/detector.hpp>
#include <earshot/services/media.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "media/looks.hpp"
#include "speech/clips.hpp"
#include "speech/listen.hpp"
#include "speech/names.hpp"

namespace earshot::speech {

struct SpeechOptions {
  std::filesystem::path model;
  std::vector<std::string> only;
  double minimum;
  double noise;
  std::chrono::seconds longest;
  std::optional<std::filesystem::path> keep_clips;
  std::size_t most_clips;
  static constexpr auto schema() {
    using O = SpeechOptions;
    return earshot::schema(
        option<&O::model>("model", "Folder of the acoustic model, the dictionary and the language model",
                          {.fallback = "/usr/share/pocketsphinx/model/en-us"}),
        option<&O::only>("only", "Ids of the watch items to listen for; empty: all", {.fallback = "[]"}),
        option<&O::minimum>("minimum", "A score below which nothing is said",
                            {.fallback = "0.5", .max = 1, .flags = EAR_OPTION_RELOADABLE}),
        option<&O::noise>("noise", "Decibels that speech must stand above the noise to be listened to",
                          {.fallback = "18", .max = 60, .flags = EAR_OPTION_RELOADABLE}),
        option<&O::longest>("longest", "How much of one medium is listened to",
                            {.fallback = "2h", .min = 1, .max = 86400, .flags = EAR_OPTION_RELOADABLE}),
        option<&O::keep_clips>("keep_clips", "Folder for short clips around mentions, as evidence",
                               {.example = "var/clips"}),
        option<&O::most_clips>("most_clips", "How many files the folder may hold; then none are added",
                               {.fallback = "1000", .min = 1, .max = 100000}));
  }
};

// What stands behind all copies, made by start().
struct Setup {
  MediaService media;
  Names names;
};

// What was heard in one medium.
struct HeardMedium {
  struct Spoken {
    Mention mention;
    std::string clip;
  };
  std::vector<Spoken> mentions;
  std::int64_t seconds = 0, noisy_seconds = 0;
  bool cut = false;             // there was more than `longest`
  std::optional<Error> broken;  // after what was heard
};

class Speech : public Detector<SpeechOptions> {
 public:
  static constexpr Info info{"speech", "Finds names that are spoken in sound and video",
                             EAR_STATELESS | EAR_NEEDS_WATCHLIST | EAR_NEEDS_MEDIA};

  Speech() = default;
  Speech(const Speech& other) : Detector(other), setup_(other.setup_) {}  // with a decoder and a memory of its own
  Speech& operator=(const Speech&) = delete;

  void start();
  void detect(const Batch& batch, Out& out);

 private:
  HeardMedium hear(const Medium& medium);
  void hear_piece(std::span<const std::int16_t> piece, std::size_t at, const Medium& medium, HeardMedium& heard);
  std::string keep_clip(std::span<const std::int16_t> piece, std::size_t at, const Mention& mention,
                        const Medium& medium);
  void say(const Post& post, std::uint32_t media, const HeardMedium& heard, Out& out) const;
  Listener& listener();

  std::shared_ptr<std::shared_ptr<const Setup>> setup_ = std::make_shared<std::shared_ptr<const Setup>>();
  std::unique_ptr<Listener> listener_;
  std::optional<Clips> clips_;
  media::Looks<HeardMedium> known_{256};
};

}  // namespace earshot::speech
