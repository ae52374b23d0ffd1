// nearest.hpp: which of the known words somebody meant who wrote another. Pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace earshot::host {

// How many letters must be put in, left out, replaced or swapped with their neighbour to make `b` of `a`. Upper and
// lower case count as one, as do - and _.
std::size_t edits(std::string_view a, std::string_view b);

// The one of `words` that is nearest to `word`, the first of several; empty where none is near enough to suggest.
std::string nearest(std::string_view word, std::span<const std::string> words);

}  // namespace earshot::host
