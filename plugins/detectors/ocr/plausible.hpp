// plausible.hpp: what of the words that were read is lettering, and what is texture read as letters. Free functions;
// any thread.
#pragma once

#include <array>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "ocr/lines.hpp"
#include "ocr/recogniser.hpp"
#include "ocr/straighten.hpp"

namespace earshot::ocr {

struct PlacedWord {
  std::string text;
  double confidence;
  std::array<cv::Point2f, 4> corners;  // in pixels of the picture, clockwise from the top left
};

struct ReadLine {
  std::vector<PlacedWord> words;  // none: nothing can be read here
  cv::Rect2f box;                 // upright, around it
  float height = 0, angle = 0;
  double confidence = 0;
};

// How sure it must be, each 0..1.
struct Demand {
  double word, line, few_letters;
};

// Of all words, by their letters.
double confidence_of(const std::vector<ReadWord>& words);

// Its box, height and confidence by its words.
void finish_line(ReadLine& line);

ReadLine plausible_line(const Line& line, const Straight& straight, const std::vector<ReadWord>& words,
                        const Demand& demand);

}  // namespace earshot::ocr
