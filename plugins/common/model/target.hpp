// target.hpp: features of the words around a target (a brand, an aspect) in a text, so that one text can say different
// things about two targets. A free function; any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "model/features.hpp"

namespace earshot::model {

// Adds own features for the target at bytes [begin, end) of text number `text` among those read into `features`: words
// and pairs of the target's clause, words within four of it with their side, and the target's own words. Besides the
// features of the whole text, which must have been read before.
void add_target(Features& features, std::uint16_t text, std::uint32_t begin, std::uint32_t end);

}  // namespace earshot::model
