// reread.hpp: one line that was set aside, read once more. Free function; the thread of the source.
#pragma once

#include <cstring>
#include <string_view>

#include "earshot/source.hpp"
#include "post/lines.hpp"
#include "post/reader.hpp"

namespace earshot::post {

// A line of which no more was kept cannot be read again; what to do is said instead of what is wrong with the rest.
inline void refuse_beginning(std::string_view raw) {
  if (raw.size() == kShown)
    throw invalid(
        "only the first 1,024 bytes of it were kept, since it was longer than max_line: raise max_line and "
        "read the whole again");
}

// Pushes the post in it; throws `invalid` where it is still none.
inline void reread(Reader& reader, std::string_view raw, SourceOut& out) {
  char* line = out.buffer(raw.size() + kBehind);
  std::memcpy(line, raw.data(), raw.size());
  std::memset(line + raw.size(), '\n', kBehind);
  Memory memory(out.raw());
  const std::string_view text(line, raw.size());
  reader.block(text);
  const ear_post* post = reader.read(text, memory);
  if (post == nullptr) refuse_beginning(raw);
  if (post == nullptr) throw invalid(reader.fault().text());
  out.post(*post);
}

}  // namespace earshot::post
