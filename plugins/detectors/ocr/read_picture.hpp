// read_picture.hpp: what is written in one picture, as blocks of lines in the order of reading. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <opencv2/core.hpp>
#include <vector>

#include "ocr/blocks.hpp"
#include "ocr/memory.hpp"
#include "ocr/recogniser.hpp"

namespace earshot::ocr {

struct Limits {
  double least_confidence = 0.5;         // 0..1, of a word
  std::int64_t most_pixels = 4'500'000;  // of a picture; a larger one is made smaller
  std::int64_t most_lines = 100;         // that are read
  double most_seconds = 5;               // of CPU, for one picture
};

class PictureReader {
 public:
  PictureReader(Recogniser& recogniser, const Limits& limits);

  // `bgr` as ear_picture has it. `breathe` is called often, and throws to end the work. `memory`: of the video that the
  // picture is of.
  std::vector<Written> read(const cv::Mat& bgr, const std::function<void()>& breathe, Memory* memory = nullptr);

 private:
  Recogniser& recogniser_;
  Limits limits_;
};

}  // namespace earshot::ocr
