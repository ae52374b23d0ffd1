// blocks.hpp: lines that belong together, in the order of reading. Free functions; any thread.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "earshot/abi.h"
#include "ocr/plausible.hpp"

namespace earshot::ocr {

// What becomes one segment.
struct Written {
  std::string text;  // words with a space between, lines with a line break
  std::vector<ear_word> words;
  ear_quad box{};
  double confidence = 0;
};

// From the top, then from the left. `picture`: of which boxes are fractions.
std::vector<Written> blocks_of(std::vector<ReadLine> lines, cv::Size picture);

}  // namespace earshot::ocr
