// tracks.hpp: what is seen in the pictures of a video, joined over time: "on screen from 0:12 to 0:19". One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/abi.h"

namespace earshot::media {

// The part of the picture that a box covers, 0..1 (the shoelace formula; parts outside of the picture count).
double share_of(const ear_quad& box);

// One thing over time. All zero times: in a still.
struct Track {
  std::string what;        // who or which text: the same `what` is the same thing
  std::int64_t start = 0;  // nanoseconds into the medium
  std::int64_t stop = 0;
  ear_quad box{};    // where it was seen best
  double score = 0;  // the best
  double share = 0;  // of the picture, mean over time
  std::uint32_t pictures = 0;
};

class Tracks {
 public:
  // A thing may be out of sight for `gap` nanoseconds (a missed frame, a hand before it) and still be on screen.
  explicit Tracks(std::int64_t gap) : gap_(gap) {}

  // Seen in a picture that stands for `start` to `stop`. Pictures come in the order of time; two boxes of one `what`
  // in one picture are two things.
  void see(std::string_view what, std::int64_t start, std::int64_t stop, const ear_quad& box, double score);

  // All of them by start, then `what`.
  std::vector<Track> take();

 private:
  std::int64_t gap_;
  std::vector<Track> tracks_;
};

}  // namespace earshot::media
