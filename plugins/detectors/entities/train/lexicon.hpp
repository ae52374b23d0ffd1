// lexicon.hpp: what can be known of words without labels: classes of words that stand in like places, how often a word
// is written with a capital, and lists of names. One thread.
#pragma once

#include <filesystem>
#include <vector>

#include "entities/tagger.hpp"

namespace earshot::entities {

// Every file of `texts` holds one post a line. `lists` holds given.txt, cities.txt, wide.txt and
// brands.txt, one name a line.
std::vector<Known> learn_lexicon(const std::vector<std::filesystem::path>& texts, const std::filesystem::path& lists);

}  // namespace earshot::entities
