#include "base/identity.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <string>

namespace earshot::host {
namespace {

Id hash(const std::string& words) {
  const XXH128_hash_t h = XXH3_128bits(words.data(), words.size());
  return ear_id{h.high64, h.low64};
}

void word(std::string& words, std::string_view text) {
  words.append(std::to_string(text.size())).append(1, ':').append(text);
}

}  // namespace

Id post_key(std::string_view platform, std::string_view id) {
  const XXH64_hash_t seed = XXH3_64bits(platform.data(), platform.size());
  const XXH128_hash_t h = XXH3_128bits_withSeed(id.data(), id.size(), seed);
  return ear_id{h.high64, h.low64};
}

Id alert_id(std::string_view detector, std::string_view subject, std::string_view kind, ear_time start) {
  std::string words;
  for (const std::string_view text : {detector, subject, kind}) word(words, text);
  return hash(words + std::to_string(start));
}

Id gap_id(std::string_view source, ear_time from, ear_time to) {
  std::string words;
  word(words, source);
  return hash(words + std::to_string(from) + ".." + std::to_string(to));
}

}  // namespace earshot::host
