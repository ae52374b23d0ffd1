#include "language/train/learn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>

#include "language/ngrams.hpp"

namespace earshot::language {

Learner::Learner(const Corpus& corpus, const Share& share, const LearnOptions& options)
    : corpus_(corpus), share_(share), options_(options), languages_(corpus.languages().size()), chances_(languages_) {}

void Learner::run() {
  std::vector<Example> examples = corpus_.draw(random_, share_);
  count(examples);
  steps_ = examples.size() * static_cast<std::size_t>(options_.passes);
  for (int i = 0; i < options_.passes; ++i) {
    if (i > 0) examples = corpus_.draw(random_, share_);
    pass(examples);
  }
  prune();
  step_ = 0, steps_ = examples.size() * static_cast<std::size_t>(options_.passes_after_pruning);
  options_.rate /= 2;
  for (int i = 0; i < options_.passes_after_pruning; ++i) pass(corpus_.draw(random_, share_));
}

// The n-grams that come often enough. First roughly, by the upper bits of the key, so that the many that come once
// need no place of their own.
void Learner::count(const std::vector<Example>& examples) {
  std::vector<std::uint16_t> rough(1 << 24);
  for (const Example& example : examples)
    ngrams(example.letters, [&](std::uint32_t key, int) {
      if (rough[key >> 8] < 65535) ++rough[key >> 8];
    });
  std::vector<std::uint32_t> all;
  for (const Example& example : examples)
    ngrams(example.letters, [&](std::uint32_t key, int) {
      if (rough[key >> 8] >= options_.fewest) all.push_back(key);
    });
  std::sort(all.begin(), all.end());
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i;
    while (end < all.size() && all[end] == all[i]) ++end;
    if (end - i >= static_cast<std::size_t>(options_.fewest)) keys_.push_back(all[i]);
    i = end;
  }
  slots_.assign(std::bit_ceil(keys_.size() * 2 + 2), 0);
  for (std::uint32_t row = 1; row <= keys_.size(); ++row) {
    std::size_t at = keys_[row - 1] & (slots_.size() - 1);
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = row;
  }
  weights_.assign((keys_.size() + 1) * languages_, 0.0F);
  squares_.assign(keys_.size() + 1, 1e-2F);
}

std::uint32_t Learner::find(std::uint32_t key) const {
  for (std::size_t at = key & (slots_.size() - 1); slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
    if (keys_[slots_[at] - 1] == key) return slots_[at];
  return 0;
}

void Learner::pass(const std::vector<Example>& examples) {
  loss_ = 0;
  for (const Example& example : examples) {
    learn(example, options_.rate * (1 - static_cast<double>(step_) / static_cast<double>(steps_ + 1)));
    ++step_;
  }
  fmt::print(stderr, "  {} languages, {} n-grams, {} examples, loss {:.4f}\n", languages_, keys_.size(),
             examples.size(), loss_ / static_cast<double>(examples.size()));
}

void Learner::learn(const Example& example, double rate) {
  std::uniform_real_distribution<double> coin;
  const bool no_words = coin(random_) < options_.dropped, no_longest = coin(random_) < options_.dropped;
  found_.clear();
  ngrams(example.letters, [&](std::uint32_t key, int length) {
    if ((length == 0 && no_words) || (length == longest_ngram && no_longest)) return;
    if (const std::uint32_t row = find(key)) found_.push_back(row);
  });
  if (found_.empty()) return;
  const auto scale = static_cast<float>(1 / std::sqrt(static_cast<double>(found_.size())));
  std::fill(chances_.begin(), chances_.end(), 0.0F);
  for (const std::uint32_t row : found_)
    for (std::size_t i = 0; i < languages_; ++i) chances_[i] += weights_[row * languages_ + i];
  const float most = *std::max_element(chances_.begin(), chances_.end());
  float sum = 0;
  for (float& chance : chances_) sum += chance = std::exp((chance - most) * scale);
  for (float& chance : chances_) chance /= sum;
  loss_ -= std::log(chances_[example.language] + 1e-9F);
  chances_[example.language] -= 1;
  float square = 0;
  for (const float chance : chances_) square += chance * chance;
  square *= scale * scale * 8 / static_cast<float>(languages_);
  for (const std::uint32_t row : found_) {
    squares_[row] += square;
    const float step = static_cast<float>(rate) * scale / std::sqrt(squares_[row]);
    float* weights = &weights_[row * languages_];
    if (kept_.empty()) {
      for (std::size_t i = 0; i < languages_; ++i) weights[i] -= step * chances_[i];
    } else {
      const std::uint8_t* kept = &kept_[row * languages_];
      for (std::size_t i = 0; i < languages_; ++i) weights[i] -= step * chances_[i] * kept[i];
    }
  }
}

// Keeps the weights whose loss would cost most: the square of each times the curvature, for which the sum of squared
// gradients stands (optimal brain damage: LeCun et al. 1990).
void Learner::prune() {
  kept_.assign(weights_.size(), 1);
  const auto worth = [&](std::size_t i) { return weights_[i] * weights_[i] * squares_[i / languages_]; };
  std::vector<float> worths;
  for (std::size_t i = 0; i < weights_.size(); ++i)
    if (weights_[i] != 0) worths.push_back(worth(i));
  if (worths.size() <= options_.keep) return;
  const auto at = worths.end() - static_cast<std::ptrdiff_t>(options_.keep);
  std::nth_element(worths.begin(), at, worths.end());
  for (std::size_t i = 0; i < weights_.size(); ++i)
    if (worth(i) < *at) weights_[i] = 0, kept_[i] = 0;
}

std::vector<Learner::Row> Learner::rows() const {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < keys_.size(); ++i)
    rows.push_back({keys_[i], {&weights_[(i + 1) * languages_], languages_}});
  return rows;
}

}  // namespace earshot::language
