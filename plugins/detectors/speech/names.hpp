// names.hpp: what to listen for: the names of the watch items and how they are said. Made once, then constant.
#pragma once

#include <earshot/types.hpp>
#include <string>
#include <vector>

#include "speech/decoder.hpp"
#include "speech/lexicon.hpp"

namespace earshot::speech {

struct Name {
  std::string subject;             // id of the watch item
  std::string text;                // as written in the watchlist
  std::vector<std::string> words;  // in lower case; none where its pronunciation is given
};

struct Names {
  std::vector<Name> all;
  std::vector<Spelling> spellings;    // those of one name together; Spelling.name: index in `all`
  std::vector<std::string> left_out;  // names that nobody can listen for, each with the reason
};

// Throws Error on a watch item that is written wrong.
Names read_names(Value watchlist, const std::vector<std::string>& only, const Lexicon& lexicon);

}  // namespace earshot::speech
