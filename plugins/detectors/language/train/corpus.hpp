// corpus.hpp: what a language model learns from. A folder holds files that are named by language and kind:
//
//   LANGUAGE.text   one passage a line: of it whole lines, and runs of one or two words, are learned
//   LANGUAGE.words  one word a line, in any order
//   *.tsv           language, tab, text: labelled lines such as are to be told later, which count most; every fifth of
//                   them can be held out
//
// One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "language/words.hpp"

namespace earshot::language {

using Word = std::u16string;
using Passage = std::vector<Word>;

struct Example {
  std::u16string letters;  // as Words::letters
  std::uint32_t language = 0;
};

struct Held {
  std::string language, text, set;  // the set is the name of its file
};

struct Share {  // how often one language is drawn in one pass
  int labelled = 10, labelled_runs = 1500;
  int passages = 3000, passage_runs = 3500;
  int words = 10000, pairs = 4000;
};

class Corpus {
 public:
  // Reads what the folders hold for the languages of `script`; holds out every fifth line of the labelled ones from
  // `fold` on, none where it is negative.
  Corpus(const std::vector<std::filesystem::path>& folders, std::vector<std::string> languages, Script script,
         int fold);

  const std::vector<std::string>& languages() const { return languages_; }
  // One pass over all languages, as many examples of each, in random order.
  std::vector<Example> draw(std::mt19937& random, const Share& share) const;

 private:
  struct Language {
    std::vector<Passage> labelled, passages;
    std::vector<Word> words;
  };
  void read(const std::filesystem::path& file, int fold);
  void gather_words();

  std::vector<std::string> languages_;
  Script script_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<Language> all_;
};

// The lines that a fold holds out of every .tsv below `folder`.
std::vector<Held> held_out(const std::filesystem::path& folder, int fold);

}  // namespace earshot::language
