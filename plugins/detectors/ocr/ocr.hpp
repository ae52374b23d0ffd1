// ocr.hpp: the detector: lettering in the pictures and videos of posts becomes segments of origin image. One copy a
// worker; each loads Tesseract's data for itself when it first reads, since a recogniser serves one thread.
#pragma once

#include <earshot/detector.hpp>
#include <optional>
#include <string>
#include <vector>

#include "media/looks.hpp"
#include "media/reading.hpp"
#include "ocr/over_time.hpp"
#include "ocr/read_picture.hpp"

namespace earshot::ocr {

struct OcrOptions {
  std::vector<std::string> languages;
  double least_confidence;
  std::int64_t most_pixels, most_lines;
  Duration most_time;

  static constexpr auto schema() {
    return earshot::schema(
        option<&OcrOptions::languages>("languages", "What the lettering may be in, as Tesseract names languages",
                                       {.fallback = "[eng]", .min = 1, .max = 10, .example = "[eng, deu]"}),
        option<&OcrOptions::least_confidence>("least_confidence", "How sure a word must be, 0 to 1",
                                              {.fallback = "0.5", .max = 1}),
        option<&OcrOptions::most_pixels>("most_pixels", "A larger picture is made smaller before it is looked at",
                                         {.fallback = "4500000", .min = 10'000, .max = 50'000'000}),
        option<&OcrOptions::most_lines>("most_lines", "Lines that are read in one picture, the clearest first",
                                        {.fallback = "120", .min = 1, .max = 2000}),
        option<&OcrOptions::most_time>("most_time",
                                       "Time on the processor for one picture; what is not read by then is not told",
                                       {.fallback = "5s", .min = 0.1, .max = 600}));
  }
};

class Ocr : public Detector<OcrOptions> {
 public:
  static constexpr Info info{"ocr", "Reads text in pictures and videos", EAR_STATELESS | EAR_NEEDS_MEDIA};

  void start();
  void detect(const Batch& batch, Out& out);

 private:
  // A worker's own; a copy begins with none.
  struct Reader {
    Recogniser recogniser;
    media::Looks<std::vector<Written>> looks{200};
  };
  struct Own {
    Own() = default;
    Own(const Own&) {}
    Own& operator=(const Own&) = delete;
    std::optional<Reader> reader;
  };
  Reader& reader();
  void read_still(const Post& post, std::uint32_t number, const Medium& medium, Out& out);
  void read_video(const Post& post, std::uint32_t number, const Medium& medium, Out& out);
  Limits limits() const;

  MediaService media_;
  Own own_;
};

}  // namespace earshot::ocr
