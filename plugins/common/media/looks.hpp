// looks.hpp: what was found in the pictures seen last, by their look (ear_picture.look), so that copies are analysed
// once. One thread.
#pragma once

#include <cstdint>
#include <utility>

#include "media/recent.hpp"

namespace earshot::media {

template <class Found>
class Looks {
 public:
  // Remembers what was found in `most` pictures; then the one that was not asked for the longest goes first.
  explicit Looks(std::size_t most) : recent_(most) {}

  // What was found in pictures of this look, by `find` where it is not known. Valid until the next call.
  template <class Find>
  const Found& get(std::uint64_t look, Find&& find) {
    if (const Found* known = recent_.find(look)) return *known;
    recent_.put(look, find());
    return *recent_.find(look);
  }
  std::size_t size() const { return recent_.size(); }

 private:
  Recent<std::uint64_t, Found> recent_;
};

}  // namespace earshot::media
