#include "entities/tagger.hpp"

#include <algorithm>
#include <cmath>

namespace earshot::entities {
namespace {

double log_sum(const Lattice::Labels& values) {
  const double most = *std::max_element(values.begin(), values.end());
  double sum = 0;
  for (const double value : values) sum += std::exp(value - most);
  return most + std::log(sum);
}

}  // namespace

const Known* Model::find(std::string_view normal) const {
  const std::uint32_t key = hash_of(normal);
  const auto at = std::lower_bound(lexicon.begin(), lexicon.end(), key,
                                   [](const Known& known, std::uint32_t k) { return known.key < k; });
  return at != lexicon.end() && at->key == key ? &*at : nullptr;
}

void Lattice::sum(const std::array<float, label_count * label_count>& transitions) {
  const std::size_t size = scores.size();
  forward.resize(size), backward.resize(size);
  Labels some;
  forward[0] = scores[0];
  for (std::size_t i = 1; i < size; ++i)
    for (std::size_t to = 0; to < label_count; ++to) {
      for (std::size_t from = 0; from < label_count; ++from)
        some[from] = forward[i - 1][from] + static_cast<double>(transitions[from * label_count + to]);
      forward[i][to] = log_sum(some) + scores[i][to];
    }
  backward[size - 1].fill(0);
  for (std::size_t i = size - 1; i-- > 0;)
    for (std::size_t from = 0; from < label_count; ++from) {
      for (std::size_t to = 0; to < label_count; ++to)
        some[to] = static_cast<double>(transitions[from * label_count + to]) + scores[i + 1][to] + backward[i + 1][to];
      backward[i][from] = log_sum(some);
    }
  total = log_sum(forward[size - 1]);
}

const std::vector<Name>& Tagger::tag(const std::vector<Word>& words) {
  names_.clear();
  if (words.empty()) return names_;
  features_.read(words, *model_);
  lattice_.scores.assign(words.size(), {});
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::array<std::int32_t, label_count> sums{};
    for (const std::uint32_t bucket : features_.of(i))
      for (std::size_t label = 0; label < label_count; ++label)
        sums[label] += model_->weights[bucket * label_count + label];
    for (std::size_t label = 0; label < label_count; ++label)
      lattice_.scores[i][label] = static_cast<double>(sums[label]) * static_cast<double>(model_->unit);
  }
  best_path();
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    if (labels_[i] == 0) continue;
    const std::size_t kind = (labels_[i] - 1U) / 2;
    const bool goes_on = labels_[i] % 2 == 0 && !names_.empty() && names_.back().end == i && names_.back().kind == kind;
    if (goes_on)
      names_.back().end = i + 1;
    else
      names_.push_back({i, i + 1, kind, 0});
  }
  if (names_.empty()) return names_;
  lattice_.sum(model_->transitions);
  for (Name& name : names_) name.probability = probability(name);
  return names_;
}

void Tagger::best_path() {
  const std::size_t size = lattice_.scores.size();
  from_.resize(size);
  labels_.resize(size);
  Lattice::Labels best = lattice_.scores[0];
  for (std::size_t i = 1; i < size; ++i) {
    Lattice::Labels next;
    for (std::size_t to = 0; to < label_count; ++to) {
      double most = -1e300;
      for (std::size_t from = 0; from < label_count; ++from) {
        const double score = best[from] + static_cast<double>(model_->transitions[from * label_count + to]);
        if (score > most) most = score, from_[i][to] = static_cast<std::uint8_t>(from);
      }
      next[to] = most + lattice_.scores[i][to];
    }
    best = next;
  }
  auto label = static_cast<std::uint8_t>(std::max_element(best.begin(), best.end()) - best.begin());
  for (std::size_t i = size; i-- > 0;) labels_[i] = label, label = from_[i][label];
}

// That exactly these words are a name of this kind.
double Tagger::probability(const Name& name) const {
  const auto step = [&](std::size_t from, std::size_t to) {
    return static_cast<double>(model_->transitions[from * label_count + to]);
  };
  const std::size_t begins = 1 + 2 * name.kind, goes_on = begins + 1;
  double score = lattice_.forward[name.begin][begins];
  std::size_t last = begins;
  for (std::size_t i = name.begin + 1; i < name.end; ++i) {
    score += step(last, goes_on) + lattice_.scores[i][goes_on];
    last = goes_on;
  }
  if (name.end == lattice_.scores.size()) return std::exp(score - lattice_.total);
  double after = 0;  // everything behind it but a longer name
  for (std::size_t to = 0; to < label_count; ++to)
    if (to != goes_on)
      after += std::exp(score + step(last, to) + lattice_.scores[name.end][to] + lattice_.backward[name.end][to] -
                        lattice_.total);
  return std::min(after, 1.0);
}

}  // namespace earshot::entities
