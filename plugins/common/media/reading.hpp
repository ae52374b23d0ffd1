// reading.hpp: goes over the media of posts for a detector that looks or listens, and tells what cannot be read. One
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "earshot/detector.hpp"
#include "earshot/services/media.hpp"

namespace earshot::media {

inline constexpr std::string_view kUnreadable = "unreadable";

// Was it said before that this medium cannot be read? By one detector is enough.
inline bool known_unreadable(const Post& post, std::uint32_t number) {
  for (const FoundBefore finding : post.findings())
    if (finding.kind() == kUnreadable && finding.raw().media == number) return true;
  return false;
}

// A finding of failure on the post. `value` is a word for the kind of failure, `reason` a sentence.
inline void say_unreadable(const Post& post, std::uint32_t number, const Error& error, Out& out) {
  const std::string_view value = error.status == EAR_AUTH          ? "not allowed"
                                 : error.status == EAR_UNSUPPORTED ? "not supported"
                                 : error.status == EAR_IO          ? "not reachable"
                                                                   : "broken";
  out.finding(post, {.kind = kUnreadable, .media = number, .value = value, .reason = error.what()});
}

// Calls `look(post, media, medium)` for each medium of each post that stands. What throws an Error of the medium's is
// told as a finding; what came before it holds. EAR_CANCELLED and EAR_INTERNAL pass through.
template <class Look>
void each_medium(const MediaService& service, const Batch& batch, Out& out, Look&& look) {
  for (std::uint32_t i = 0; i < batch.size(); ++i) {
    const Post post = batch[i];
    if (post.is_gone()) continue;
    for (const Media media : post.media()) {
      if (known_unreadable(post, media.number())) continue;
      try {
        const Medium medium = service.open(media);
        look(post, media, medium);
      } catch (const Error& error) {
        if (error.status == EAR_CANCELLED || error.status == EAR_INTERNAL) throw;
        say_unreadable(post, media.number(), error, out);
      }
    }
  }
}

// Reads a medium, then tells what was found: all of it, or what came before it broke off, which holds. The Error is
// thrown on afterwards; EAR_CANCELLED and EAR_INTERNAL at once.
template <class Read, class Tell>
void to_where_it_breaks(Read&& read, Tell&& tell) {
  std::optional<Error> broken;
  try {
    read();
  } catch (const Error& error) {
    if (error.status == EAR_CANCELLED || error.status == EAR_INTERNAL) throw;
    broken = error;
  }
  tell();
  if (broken) throw *broken;
}

}  // namespace earshot::media
