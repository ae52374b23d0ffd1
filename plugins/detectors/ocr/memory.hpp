// memory.hpp: what was read in the picture before, so that in a video lettering which stays is read once. One thread.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "ocr/recogniser.hpp"

namespace earshot::ocr {

class Memory {
 public:
  // The words that were read at this place while it looked like this; null: it has changed. Valid until next_picture.
  const std::vector<ReadWord>* recall(const cv::Rect& box, const cv::Mat& grey);
  void keep(const cv::Rect& box, const cv::Mat& grey, const std::vector<ReadWord>& words);
  // What is not kept or recalled in one picture is forgotten with the next.
  void next_picture() { before_ = std::move(now_), now_.clear(); }

 private:
  struct Seen {
    cv::Rect box;
    cv::Mat thumbnail;
    std::vector<ReadWord> words;
  };
  std::vector<Seen> before_, now_;
};

}  // namespace earshot::ocr
