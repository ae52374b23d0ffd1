// analogy.hpp: letter to sound by analogy: a word that no dictionary has is read as the dictionary reads the same
// letters between the same neighbours, the widest neighbourhood first. Any thread.
//
// The letters of the dictionary are aligned with its sounds by Viterbi training (Black, Lenzo and Pagel, "Issues in
// building general letter to sound rules", 1998); a sound's probability in a neighbourhood falls back to the narrower
// one with Witten and Bell's weight (as Daelemans and van den Bosch, "Language-independent data-oriented
// grapheme-to-phoneme conversion", 1997, look from wide to narrow).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "speech/lexicon.hpp"

namespace earshot::speech {

struct Reading {
  Phones phones;
  double probability = 0;
};

// The likeliest readings of each word (letters a to z alone), the best first, at most `most` each. Goes over the whole
// dictionary: about half a second, whatever the number of words.
std::map<std::string, std::vector<Reading>> read_by_analogy(const Lexicon& lexicon,
                                                            const std::vector<std::string>& words, std::size_t most);

}  // namespace earshot::speech
