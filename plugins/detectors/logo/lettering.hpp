// lettering.hpp: which watch items' names were read in the pictures of a medium, and when. One thread.
#pragma once

#include <cstdint>
#include <earshot/types.hpp>
#include <string_view>
#include <vector>

#include "logo/gallery.hpp"

namespace earshot::logo {

class Lettering {
 public:
  // Of what the detectors before this one said: mentions in lettering of the medium, and lettering with a name in it.
  Lettering(const Post& post, std::uint32_t media, const std::vector<WatchedLogos>& items);

  // Was the name of the item at this place read about then? A still has no time.
  bool reads(std::size_t item, std::int64_t start, std::int64_t stop) const;

 private:
  struct Read {
    std::size_t item;
    std::int64_t start, stop;  // both 0: at any time
  };
  std::vector<Read> all_;
};

}  // namespace earshot::logo
