// pronounce.hpp: how a name may be said: as given, else as the dictionary says its words, else as espeak-ng and the
// dictionary's similar words read its letters. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "speech/lexicon.hpp"

namespace earshot::speech {

// One way in which a watch item writes a pronunciation: ARPAbet, or IPA between slashes or brackets. Throws Error.
Phones given_pronunciation(std::string_view text, std::string_view item);

// The words of a name in lower case, letters a to z; accents go, "&" and digits are read out. None where it is written
// in letters that English does not have.
std::vector<std::string> spoken_words(std::string_view name);

// For each name (its spoken_words) at most `most` pronunciations, the likeliest first.
std::vector<std::vector<Phones>> pronounce(const Lexicon& lexicon, const std::vector<std::vector<std::string>>& names,
                                           std::size_t most);

}  // namespace earshot::speech
