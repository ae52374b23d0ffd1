// said.hpp: what was seen in the pictures of one medium, and the findings that come of it. One thread.
#pragma once

#include <cstdint>
#include <earshot/detector.hpp>
#include <vector>

#include "logo/gallery.hpp"
#include "media/tracks.hpp"

namespace earshot::logo {

class Said {
 public:
  explicit Said(const Gallery& gallery);

  // A hit in a picture that stands for `start` to `stop`. Pictures come in the order of time.
  void see(const Hit& hit, double score, bool read, std::int64_t start, std::int64_t stop);

  // Tells each appearance, and of a video how long each item was on screen.
  void tell(const Post& post, std::uint32_t media, bool video, Out& out);

 private:
  struct Seen {
    Hit hit;
    double score;
    bool read;
  };
  void tell_track(const Post& post, std::uint32_t media, bool video, const media::Track& track, Out& out) const;
  void tell_time(const Post& post, std::uint32_t media, std::size_t item, const std::vector<media::Track>& tracks,
                 Out& out) const;
  std::size_t item_of(const media::Track& track) const;

  const Gallery& gallery_;
  media::Tracks tracks_;
  std::vector<Seen> seen_;  // the best of each item and box, to say why
};

}  // namespace earshot::logo
