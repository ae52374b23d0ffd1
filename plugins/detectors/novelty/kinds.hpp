// kinds.hpp: what can be new. Constants.
#pragma once

#include <cstdint>

#include "earshot/options.hpp"

namespace earshot::novelty {

enum class Kind : std::uint8_t { phrase, hashtag, link, name, place, language, author, topic };

}  // namespace earshot::novelty

template <>
inline constexpr const char* earshot::choices<earshot::novelty::Kind>[] = {
    "phrase", "hashtag", "link", "name", "place", "language", "author", "topic", nullptr};
