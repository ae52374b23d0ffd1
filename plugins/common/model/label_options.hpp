// label_options.hpp: the options that every detector has that says labels by a model. Values; any thread.
#pragma once

#include <earshot/options.hpp>

#include "model/labeller.hpp"

namespace earshot::model {

enum class Origin { title, body, quote, alt, image, speech, caption };  // numbered as EAR_TITLE …

inline std::uint32_t origin_bits(const std::vector<Origin>& origins) {
  std::uint32_t bits = origins.empty() ? ~0U : 0;
  for (const Origin origin : origins) bits |= 1U << static_cast<unsigned>(origin);
  return bits;
}

}  // namespace earshot::model

template <>
inline constexpr const char* earshot::choices<earshot::model::Origin>[] = {"title", "body",   "quote",   "alt",
                                                                           "image", "speech", "caption", nullptr};
template <>
inline constexpr const char* earshot::choices<earshot::model::Per>[] = {"post", "segment", nullptr};
