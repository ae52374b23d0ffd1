// still.hpp: decodes pictures of the four common kinds, bounded in size, memory and time. Free functions; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "media/canvas.hpp"
#include "media/sniff.hpp"

namespace earshot::media {

struct Limits {
  std::uint64_t most_pixels = 100'000'000;                 // of what is accepted
  std::uint64_t shown_pixels = 2'000'000;                  // of what is handed out
  std::uint64_t working_bytes = 256ULL << 20;              // that a decoder may hold besides
  std::function<bool()> cancelled = [] { return false; };  // asked now and then; true: throws earshot::cancelled()
};

// Width and height as it is to be seen, from its header alone. Throws `invalid` where that is broken.
Size measured(Format format, std::string_view bytes);

// Throws `unsupported` where a picture of that size out of so many bytes is beyond the limits, or grows as only a
// decompression bomb does.
void judge_size(Size size, std::size_t bytes, const Limits& limits);

// Throws `invalid` where nothing can be read; where it breaks off, Still.fault says so. What needs more memory than
// may be had is `unsupported`.
Still decoded(Format format, std::string_view bytes, const Limits& limits);

// The names and versions of the libraries behind it, for the log.
std::string libraries();

}  // namespace earshot::media
