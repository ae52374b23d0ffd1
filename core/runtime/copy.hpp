// copy.hpp: copies what a plugin pushes into a batch's arena: structs that may be shorter or longer than this host's,
// arrays by their stride, texts, trees of values. Free functions; the arena's thread.
#pragma once

#include "runtime/arena.hpp"

namespace earshot::host {

// The struct as this host knows it: what the plugin does not know is 0.
template <class T>
void copy_struct(T& to, const T& from) {
  const std::size_t known = std::min<std::size_t>(from.size, sizeof(T));
  std::memcpy(&to, &from, known);
  if (known < sizeof(T)) std::memset(reinterpret_cast<char*>(&to) + known, 0, sizeof(T) - known);
  to.size = sizeof(T);
}

template <class T>
const T& at_stride(const T* first, std::uint32_t stride, std::uint32_t i) {
  return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(first) + std::size_t{i} * stride);
}

const ear_value* copy_values(const ear_value* values, std::uint32_t count, Arena& arena);
void copy_segment(ear_segment& to, const ear_segment& from, Arena& arena);
void copy_author(ear_author& to, const ear_author& from, Arena& arena);
void copy_media(ear_media& to, const ear_media& from, Arena& arena);
void copy_finding(ear_finding& to, const ear_finding& from, Arena& arena);
void copy_alert(ear_alert& to, const ear_alert& from, Arena& arena);
// As published: numbers of segments and media are given anew, and there are no findings yet.
void copy_post(ear_post& to, ear_author& author, const ear_post& from, Arena& arena);
// As it was when it was stored: also its findings, the detectors that said them, and the source that brought it. What
// points at a place that is not there is left out.
void copy_stored_post(ear_post& to, ear_author& author, const ear_post& from, Arena& arena);

}  // namespace earshot::host
