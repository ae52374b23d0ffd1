// learn.hpp: learns the weights of the languages that share one script: multinomial logistic regression by stochastic
// gradient descent, each n-gram with a rate of its own (AdaGrad: Duchi et al. 2011), the larger weights kept and
// trained once more. One thread; about 300 MB for fifty languages.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "language/train/corpus.hpp"

namespace earshot::language {

struct LearnOptions {
  int passes = 4;
  int passes_after_pruning = 1;
  int fewest = 4;  // an n-gram counts when one pass holds it so often
  double rate = 1.0;
  double dropped = 0.5;  // share of examples in which whole words, and in which the longest n-grams, are left out
  std::size_t keep = 1'700'000;  // weights
};

class Learner {
 public:
  Learner(const Corpus& corpus, const Share& share, const LearnOptions& options);

  void run();
  struct Row {
    std::uint32_t key = 0;
    std::span<const float> weights;  // 0: not kept
  };
  std::vector<Row> rows() const;  // by key

 private:
  void count(const std::vector<Example>& examples);
  void pass(const std::vector<Example>& examples);
  void learn(const Example& example, double rate);
  void prune();
  std::uint32_t find(std::uint32_t key) const;

  const Corpus& corpus_;
  Share share_;
  LearnOptions options_;
  std::mt19937 random_{7};
  std::size_t languages_;
  std::vector<std::uint32_t> keys_;   // sorted; row i + 1 is that of keys_[i]
  std::vector<std::uint32_t> slots_;  // open addressing: rows; 0 is free
  std::vector<float> weights_, squares_;
  std::vector<std::uint8_t> kept_;    // a flag for each weight, after pruning
  std::vector<std::uint32_t> found_;  // of the example at hand
  std::vector<float> chances_;
  std::size_t step_ = 0, steps_ = 1;
  double loss_ = 0;
};

}  // namespace earshot::language
