// hit.hpp: where a term held. Values; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "query/document.hpp"

namespace earshot::query {

struct Hit {
  std::uint32_t passage = kNone;              // in Document::passages(); kNone: not in a text
  std::uint32_t first = kNone, last = kNone;  // its first and last token
  std::uint32_t begin = 0, end = 0;           // bytes of the passage
  std::uint32_t media = kNone;                // number of the media
  std::int64_t start = 0, stop = 0;           // nanoseconds into the media; both 0: not in time
  bool operator==(const Hit&) const = default;
};

using Hits = std::vector<Hit>;

// Bounds what one term can say of one post; the first ones are kept.
inline constexpr std::size_t kMostHits = 100'000;

}  // namespace earshot::query
