// over_time.hpp: what is written in the pictures of a video, joined: the same lettering is one, with its start and end.
// One thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "media/tracks.hpp"
#include "ocr/blocks.hpp"

namespace earshot::ocr {

class OverTime {
 public:
  // Pictures come in the order of time.
  void see(const std::vector<Written>& picture, std::int64_t start, std::int64_t stop);

  struct Shown {
    Written written;  // as it was read best
    std::int64_t start, stop;
  };
  // All of it by start.
  std::vector<Shown> take();

 private:
  struct Lettering {
    Written best;
    std::string letters;  // of the text, to compare
    std::string number;   // what the tracks know it by
  };
  Lettering& same_as(const Written& block);

  std::vector<Lettering> letterings_;
  media::Tracks tracks_{2'500'000'000};  // a hand may pass before it
};

// The same text but for reading errors?
bool same_text(const std::string& a, const std::string& b);
// Letters and figures alone, in lower case as far as ASCII goes.
std::string letters_of(const std::string& text);

}  // namespace earshot::ocr
