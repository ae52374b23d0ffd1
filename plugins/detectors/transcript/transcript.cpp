#include "transcript/transcript.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "media/pieces.hpp"
#include "media/reading.hpp"

namespace earshot::transcript {
namespace {

using media::kRate;
// whisper.cpp looks at 30 seconds at a time.
constexpr std::size_t kShortestPiece = 20 * kRate, kLongestPiece = 29 * kRate;

std::int64_t nanoseconds(std::size_t samples) {
  return static_cast<std::int64_t>(samples * (1'000'000'000 / kRate));
}

}  // namespace

void Transcript::start() {
  setup_->media = MediaService(host());
  setup_->whisper = std::make_unique<Whisper>(options().model, options().language, options().threads);
}

void Transcript::detect(const Batch& batch, Out& out) {
  media::each_medium(setup_->media, batch, out, [&](const Post& post, const Media& media, const Medium& medium) {
    if (!medium.has(EAR_HAS_SOUND)) return;
    earshot::media::Pieces pieces(kShortestPiece, kLongestPiece);
    const auto take = [&](std::span<const std::int16_t> piece, std::size_t at) {
      const Said said = setup_->whisper->transcribe(piece, [&] { return host().cancelled(); });
      write(post, media.number(), said, nanoseconds(at), out);
    };
    const std::size_t most = static_cast<std::size_t>(options().longest.count()) * kRate;
    std::size_t taken = 0;
    const auto listen = [&](const ear_sound& sound) {
      const std::size_t count = std::min<std::size_t>(sound.count, most - taken);
      pieces.add({sound.samples, count}, take);
      return (taken += count) < most;
    };
    media::to_where_it_breaks([&] { medium.sound(listen); }, [&] { pieces.end(take); });
  });
}

void Transcript::write(const Post& post, std::uint32_t media, const Said& said, std::int64_t before, Out& out) const {
  for (const Sentence& sentence : said.sentences) {
    std::vector<ear_word> words;
    for (const Word& word : sentence.words) {
      ear_word raw{};
      raw.begin = word.begin, raw.end = word.end, raw.confidence = word.confidence;
      raw.start = before + word.start, raw.stop = before + word.stop;
      words.push_back(raw);
    }
    ear_segment segment{};
    segment.size = sizeof segment, segment.origin = EAR_SPEECH, segment.media = media;
    segment.text = str(sentence.text), segment.language = str(said.language);
    segment.confidence = sentence.confidence;
    segment.start = before + sentence.start, segment.end = before + sentence.stop;
    segment.words = words.data(), segment.word_count = static_cast<std::uint32_t>(words.size());
    segment.word_stride = sizeof(ear_word);
    out.segment(post, segment);
  }
}

}  // namespace earshot::transcript
