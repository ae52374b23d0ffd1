// decoded.hpp: the pictures decoded last, under a bound on their memory, shared by all who look: one decode of each,
// also when two threads ask at once. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

#include "media/canvas.hpp"
#include "media/content.hpp"
#include "media/recent.hpp"
#include "media/turns.hpp"

namespace earshot::media {

struct Decoded {
  Still still;
  std::uint64_t look = 0;
};

class DecodedPictures {
 public:
  explicit DecodedPictures(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}

  // `decode` is called where it is not there; what it throws passes through. A picture stays as long as somebody holds
  // it, whether it has gone from here or not. `hit`: it was there.
  std::shared_ptr<const Decoded> get(const Content& content, const std::function<Decoded()>& decode,
                                     const std::function<bool()>& cancelled, bool& hit);
  std::uint64_t bytes() const;

 private:
  std::shared_ptr<const Decoded> known(const Content& content);
  void keep(const Content& content, const std::shared_ptr<const Decoded>& picture);

  const std::uint64_t most_bytes_;
  Turns turns_;
  mutable std::mutex mutex_;  // guards what follows
  Recent<Content, std::shared_ptr<const Decoded>> pictures_{1 << 20};
  std::uint64_t bytes_ = 0;
};

}  // namespace earshot::media
