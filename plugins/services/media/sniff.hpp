// sniff.hpp: what bytes are, by what they are and never by what was declared of them. A free function; any thread.
#pragma once

#include <string_view>

namespace earshot::media {

enum class Format {
  jpeg,
  png,
  webp,
  gif,
  other,    // a container of sound, video or rarer pictures: for the service earshot.video/1
  unknown,  // nothing that is known here; the video service may
  refused
};

struct Sniffed {
  Format format = Format::unknown;
  std::string_view type = {};     // image/jpeg; empty: not known
  std::string_view refusal = {};  // why it is none, as a sentence
};

// Of the first bytes of a medium; `head` holds all of it, or at least 4 KiB.
Sniffed sniff(std::string_view head);

inline bool is_still(Format format) {
  return format == Format::jpeg || format == Format::png || format == Format::webp || format == Format::gif;
}

}  // namespace earshot::media
