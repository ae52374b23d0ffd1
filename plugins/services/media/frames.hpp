// frames.hpp: the pictures of videos, taken apart once: the first pass keeps them as JPEG in one file of the cache, and
// whoever looks next sees the same pixels under the same numbers, without the video being decoded again. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "media/content.hpp"
#include "media/copies.hpp"
#include "media/disk.hpp"
#include "media/recent.hpp"
#include "media/video.hpp"

namespace earshot::media {

class Frames {
 public:
  using Show = std::function<bool(const ear_picture&)>;

  // `disk` and `copies` outlive this.
  Frames(Video video, ear_video_wish wish, Disk& disk, Copies& copies)
      : video_(video), wish_(wish), disk_(disk), copies_(copies) {}

  // Throws what the video service says of broken bytes, after what came before was shown. `kept`: it was not decoded.
  void show(const Content& content, const std::string& path, const Show& show, bool& kept);

 private:
  void first_pass(const Content& content, const std::string& path, const Show& show);
  bool replay(const Content& content, const Disk::Held& held, const Show& show);
  std::string name_of(const Content& content) const;
  std::vector<std::uint64_t> looks_of(const Content& content);
  void put_looks(const Content& content, std::vector<std::uint64_t> looks);

  const Video video_;
  const ear_video_wish wish_;
  Disk& disk_;
  Copies& copies_;
  std::mutex mutex_;  // guards what follows
  Recent<Content, std::vector<std::uint64_t>> looks_{256};
};

}  // namespace earshot::media
