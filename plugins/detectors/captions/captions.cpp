// captions: the subtitles that media carry as segments of a post, so that text detectors read them.
#include <earshot/detector.hpp>
#include <earshot/services/media.hpp>

#include <cstdint>
#include <string>

#include "captions/joining.hpp"
#include "media/reading.hpp"

namespace earshot::captions {

struct CaptionsOptions {
  Duration pause;
  Bytes most;
  static constexpr auto schema() {
    using O = CaptionsOptions;
    return earshot::schema(
        option<&O::pause>("pause", "Subtitles that are not further apart are read as one text",
                          {.fallback = "500ms", .max = 60, .flags = EAR_OPTION_RELOADABLE}),
        option<&O::most>("most", "Text that is read of one post; the rest is told as unreadable",
                         {.fallback = "256KiB", .min = 1024, .max = 16777216, .flags = EAR_OPTION_RELOADABLE}));
  }
};

class Captions : public Detector<CaptionsOptions> {
 public:
  static constexpr Info info{"captions", "Reads the subtitles that sound and video carry",
                             EAR_STATELESS | EAR_NEEDS_MEDIA};

  void start() { media_ = MediaService(host()); }

  void detect(const Batch& batch, Out& out) {
    std::uint32_t last = none;
    std::int64_t left = 0;
    media::each_medium(media_, batch, out, [&](const Post& post, const Media& media, const Medium& medium) {
      if (post.index() != last) last = post.index(), left = options().most.count;
      if (medium.has(EAR_HAS_CAPTIONS)) read(post, media, medium, left, out);
    });
  }

 private:
  // Throws EAR_UNSUPPORTED where there is more text than is `left`.
  void read(const Post& post, const Media& media, const Medium& medium, std::int64_t& left, Out& out) const {
    Joining joining(options().pause.count());
    const auto say = [&](const Run& run) {
      ear_segment segment = make_segment(EAR_CAPTION, run.text);
      segment.media = media.number(), segment.language = str(run.language);
      segment.start = run.start, segment.end = run.stop;
      segment.words = run.words.data(), segment.word_count = static_cast<std::uint32_t>(run.words.size());
      segment.word_stride = sizeof(ear_word);
      out.segment(post, segment);
    };
    bool fits = true;
    const auto take = [&](const ear_caption& caption) {
      if (host().cancelled()) throw cancelled();
      left -= static_cast<std::int64_t>(caption.text.len);
      fits = left >= 0;
      if (fits) joining.add(view(caption.text), view(caption.language), caption.start, caption.stop, say);
      return fits;
    };
    media::to_where_it_breaks([&] { medium.captions(take); }, [&] { joining.end(say); });
    if (!fits) {
      left = 0;
      throw unsupported("its captions are longer than is read of one post (the option 'most')");
    }
  }

  MediaService media_;
};

}  // namespace earshot::captions

EARSHOT_PLUGIN("org.earshot.captions", "0.1.0", "Earshot", "Apache-2.0", "The subtitles of sound and video",
               earshot::captions::Captions)
