#include "ocr/ocr.hpp"

#include <chrono>

namespace earshot::ocr {
namespace {

// Borrowed pixels; nothing here writes to them.
cv::Mat pixels_of(const ear_picture& picture) {
  return {static_cast<int>(picture.height), static_cast<int>(picture.width), CV_8UC3,
          const_cast<std::uint8_t*>(picture.pixels), picture.stride};
}

void say(const Post& post, std::uint32_t number, const Written& written, std::int64_t start, std::int64_t stop,
         Out& out) {
  ear_segment segment = make_segment(EAR_IMAGE, written.text);
  segment.media = number, segment.confidence = written.confidence, segment.box = written.box;
  segment.start = start, segment.end = stop;
  segment.words = written.words.data(), segment.word_count = static_cast<std::uint32_t>(written.words.size());
  segment.word_stride = sizeof(ear_word);
  out.segment(post, segment);
}

}  // namespace

void Ocr::start() {
  Recogniser::check(options().languages);
  media_ = MediaService(host());
}

void Ocr::detect(const Batch& batch, Out& out) {
  media::each_medium(media_, batch, out, [&](const Post& post, const Media& media, const Medium& medium) {
    if (!medium.has(EAR_HAS_PICTURES)) return;
    if (medium.kind() == EAR_MEDIA_VIDEO) return read_video(post, media.number(), medium, out);
    read_still(post, media.number(), medium, out);
  });
}

Ocr::Reader& Ocr::reader() {
  if (!own_.reader)
    own_.reader.emplace(Reader{Recogniser(options().languages), media::Looks<std::vector<Written>>(200)});
  return *own_.reader;
}

Limits Ocr::limits() const {
  const OcrOptions& o = options();
  return {o.least_confidence, o.most_pixels, o.most_lines, std::chrono::duration<double>(o.most_time).count()};
}

void Ocr::read_still(const Post& post, std::uint32_t number, const Medium& medium, Out& out) {
  Reader& own = reader();
  PictureReader pictures(own.recogniser, limits());
  const auto breathe = [&] {
    if (host().cancelled()) throw cancelled();
  };
  medium.pictures([&](const ear_picture& picture) {
    const auto& blocks = own.looks.get(picture.look, [&] { return pictures.read(pixels_of(picture), breathe); });
    for (const Written& block : blocks) say(post, number, block, 0, 0, out);
    return true;
  });
}

void Ocr::read_video(const Post& post, std::uint32_t number, const Medium& medium, Out& out) {
  Reader& own = reader();
  PictureReader pictures(own.recogniser, limits());
  const auto breathe = [&] {
    if (host().cancelled()) throw cancelled();
  };
  OverTime over_time;
  Memory memory;
  const auto tell = [&] {
    for (const OverTime::Shown& shown : over_time.take())
      say(post, number, shown.written, shown.start, shown.stop, out);
  };
  const auto look = [&](const ear_picture& picture) {
    over_time.see(pictures.read(pixels_of(picture), breathe, &memory), picture.start, picture.stop);
    memory.next_picture();
    return true;
  };
  media::to_where_it_breaks([&] { medium.pictures(look); }, tell);
}

}  // namespace earshot::ocr

EARSHOT_PLUGIN("org.earshot.ocr", "0.1.0", "Earshot", "Apache-2.0", "Text in pictures and videos", earshot::ocr::Ocr)
