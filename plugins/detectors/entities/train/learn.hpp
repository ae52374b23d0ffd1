// learn.hpp: labelled sentences and the learning of a tagger from them: maximum likelihood by stochastic gradient
// descent with a rate for each weight (AdaGrad: Duchi et al. 2011); few passes and features left out by chance keep it
// from learning by heart. One thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "entities/tagger.hpp"

namespace earshot::entities {

struct Sentence {
  std::vector<std::string> words;
  std::vector<std::uint8_t> labels;
  std::vector<Word> views() const;
};

// Lines `word, tab, label` as in CoNLL, an empty line between sentences.
std::vector<Sentence> read_sentences(const std::filesystem::path& file);

struct LearnOptions {
  int passes = 8;
  double rate = 0.15;
  double dropped = 0.05;  // share of the features that are left out of each example
};

// Learns the weights of `model`, whose lexicon is there.
void learn(Model& model, const std::vector<Sentence>& sentences, const LearnOptions& options);

struct Counts {
  int found = 0, right = 0, there = 0;
  double precision() const { return found == 0 ? 0 : static_cast<double>(right) / found; }
  double recall() const { return there == 0 ? 0 : static_cast<double>(right) / there; }
  double f1() const { return found + there == 0 ? 0 : 2.0 * right / (found + there); }
};

// Names with the same words and the same kind, from a probability on; the last row counts all kinds.
std::vector<Counts> measure(const Model& model, const std::vector<Sentence>& sentences, double minimum);

}  // namespace earshot::entities
