#include "speech/speech.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "media/clock.hpp"
#include "media/pieces.hpp"
#include "media/reading.hpp"
#include "speech/noise.hpp"

namespace earshot::speech {
namespace {

using media::kRate;
constexpr std::size_t kShortestPiece = 6 * kRate, kLongestPiece = 10 * kRate;
constexpr double kSilent = -60;  // dB of full scale: below, there is nothing to hear
constexpr std::size_t kAroundClip = kRate;
constexpr std::size_t kMostMentions = 10000;  // of one medium

Duration time_of(std::int64_t samples) {
  return Duration{samples * (1'000'000'000 / static_cast<std::int64_t>(kRate))};
}

// "0:12.3"
std::string clock(std::int64_t samples) {
  return media::clock_text(samples * 10 / static_cast<std::int64_t>(kRate));
}

std::string minutes(std::int64_t seconds) {
  return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

std::string hex(const std::uint8_t* bytes, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += fmt::format("{:02x}", bytes[i]);
  return text;
}

// Media with the same bytes share it; 0: not known.
std::uint64_t number_of(const Medium& medium) {
  std::uint64_t number = 0;
  std::memcpy(&number, medium.raw().content, sizeof number);
  return number;
}

}  // namespace

void Speech::start() {
  const MediaService media(host());
  const Lexicon lexicon(options().model / "cmudict-en-us.dict");
  Names names = read_names(host().watchlist(), options().only, lexicon);
  for (const std::string& left_out : names.left_out) host().info("not listened for: " + left_out);
  *setup_ = std::make_shared<const Setup>(Setup{media, std::move(names)});
  if (options().keep_clips) Clips(*options().keep_clips, options().most_clips);  // tells now what is wrong
}

Listener& Speech::listener() {
  if (!listener_) listener_ = std::make_unique<Listener>(DecoderSettings{.model = options().model}, (*setup_)->names);
  return *listener_;
}

void Speech::detect(const Batch& batch, Out& out) {
  const Setup& setup = **setup_;
  if (setup.names.all.empty()) return;
  media::each_medium(setup.media, batch, out, [&](const Post& post, const Media& media, const Medium& medium) {
    if (!medium.has(EAR_HAS_SOUND)) return;
    const std::uint64_t number = number_of(medium);
    const HeardMedium heard = number == 0 ? hear(medium) : known_.get(number, [&] { return hear(medium); });
    say(post, media.number(), heard, out);
    if (heard.broken) throw *heard.broken;
  });
}

HeardMedium Speech::hear(const Medium& medium) {
  HeardMedium heard;
  media::Pieces pieces(kShortestPiece, kLongestPiece);
  const auto most = static_cast<std::size_t>(options().longest.count()) * kRate;
  std::size_t taken = 0;
  const auto take = [&](std::span<const std::int16_t> piece, std::size_t at) { hear_piece(piece, at, medium, heard); };
  try {
    medium.sound([&](const ear_sound& sound) {
      const std::size_t count = std::min<std::size_t>(sound.count, most - taken);
      heard.cut = count < sound.count;
      pieces.add({sound.samples, count}, take);
      taken += count;
      return !heard.cut;
    });
  } catch (const Error& error) {
    if (error.status == EAR_CANCELLED || error.status == EAR_INTERNAL) throw;
    heard.broken = error;
  }
  pieces.end(take);
  return heard;
}

void Speech::hear_piece(std::span<const std::int16_t> piece, std::size_t at, const Medium& medium, HeardMedium& heard) {
  if (host().cancelled()) throw cancelled();
  heard.seconds += static_cast<std::int64_t>(piece.size() / kRate);
  const Level level = level_of(piece);
  if (level.speech < kSilent) return;
  if (level.above() < options().noise) {
    heard.noisy_seconds += static_cast<std::int64_t>(piece.size() / kRate);
    return;
  }
  if (options().keep_clips && !clips_) clips_.emplace(*options().keep_clips, options().most_clips);
  for (Mention mention : listener().hear(piece, options().minimum)) {
    if (heard.mentions.size() >= kMostMentions) return;
    std::string clip = clips_ ? keep_clip(piece, at, mention, medium) : std::string();
    mention.start += static_cast<std::int64_t>(at), mention.stop += static_cast<std::int64_t>(at);
    heard.mentions.push_back({mention, std::move(clip)});
  }
}

// A second before the mention to a second after it, as far as the piece goes. Empty: there are too many.
std::string Speech::keep_clip(std::span<const std::int16_t> piece, std::size_t at, const Mention& mention,
                              const Medium& medium) {
  const auto start = static_cast<std::size_t>(mention.start), stop = static_cast<std::size_t>(mention.stop);
  const std::size_t from = start - std::min(start, kAroundClip), until = std::min(piece.size(), stop + kAroundClip);
  const std::string name = fmt::format("{}-{}", hex(medium.raw().content, 8), (at + start) * 1000 / kRate);
  return clips_->keep(name, piece.subspan(from, until - from)).value_or("");
}

void Speech::say(const Post& post, std::uint32_t media, const HeardMedium& heard, Out& out) const {
  for (const HeardMedium::Spoken& spoken : heard.mentions) {
    const Name& name = (*setup_)->names.all[spoken.mention.name];
    const std::array<ear_value, 2> attributes{text_value("how", "speech"), text_value("clip", spoken.clip)};
    out.finding(post, {.kind = "mention",
                       .subject = name.subject,
                       .score = spoken.mention.score,
                       .media = media,
                       .start = time_of(spoken.mention.start),
                       .stop = time_of(spoken.mention.stop),
                       .reason = fmt::format("heard '{}' from {} to {}", name.text, clock(spoken.mention.start),
                                             clock(spoken.mention.stop)),
                       .attributes = std::span(attributes).first(spoken.clip.empty() ? 1 : 2)});
  }
  if (heard.noisy_seconds > 0)
    out.finding(post, {.kind = "unheard",
                       .media = media,
                       .value = "noise",
                       .reason = fmt::format("too noisy to listen for names in {} of {}", minutes(heard.noisy_seconds),
                                             minutes(heard.seconds))});
  if (heard.cut)
    out.finding(post, {.kind = "unheard",
                       .media = media,
                       .value = "length",
                       .reason = fmt::format("longer than {}: the rest was not listened to",
                                             minutes(options().longest.count()))});
}

}  // namespace earshot::speech

EARSHOT_PLUGIN("org.earshot.speech", "0.1.0", "Earshot", "Apache-2.0", "Names spoken in sound and video",
               earshot::speech::Speech)
