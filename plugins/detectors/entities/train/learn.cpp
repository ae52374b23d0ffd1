#include "entities/train/learn.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <tuple>

namespace earshot::entities {
namespace {

const std::map<std::string, std::size_t, std::less<>> kinds_in_files{
    {"corporation", 0}, {"creative-work", 1}, {"group", 2}, {"location", 3}, {"person", 4}, {"product", 5}};

std::uint8_t label_of(std::string_view written) {
  if (written.size() < 3) return 0;
  const auto kind = kinds_in_files.find(written.substr(2));
  if (kind == kinds_in_files.end()) return 0;
  return static_cast<std::uint8_t>(1 + 2 * kind->second + (written[0] == 'I' ? 1 : 0));
}

class Learner {
 public:
  Learner(Model& model, const LearnOptions& options)
      : model_(model),
        options_(options),
        weights_(bucket_count * label_count),
        squares_(weights_.size(), 1e-3F),
        step_squares_(label_count * label_count, 1e-3F) {}

  void pass(const std::vector<Sentence>& sentences) {
    std::vector<std::size_t> order(sentences.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), random_);
    for (const std::size_t i : order) learn(sentences[i]);
  }

  void finish() {
    float most = 0;
    for (const float weight : weights_) most = std::max(most, std::fabs(weight));
    model_.unit = most / 127;
    model_.weights.resize(weights_.size());
    for (std::size_t i = 0; i < weights_.size(); ++i)
      model_.weights[i] = static_cast<std::int8_t>(std::lround(weights_[i] / model_.unit));
  }

 private:
  void learn(const Sentence& sentence) {
    features_.read(sentence.views(), model_);
    const std::size_t size = sentence.words.size();
    kept_.assign(size, {});
    lattice_.scores.assign(size, {});
    std::bernoulli_distribution drop(options_.dropped);
    for (std::size_t i = 0; i < size; ++i)
      for (const std::uint32_t bucket : features_.of(i)) {
        if (drop(random_)) continue;
        kept_[i].push_back(bucket);
        for (std::size_t label = 0; label < label_count; ++label)
          lattice_.scores[i][label] += static_cast<double>(weights_[bucket * label_count + label]);
      }
    lattice_.sum(model_.transitions);
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t label = 0; label < label_count; ++label) {
        const double slope = std::exp(lattice_.chance(i, label)) - (sentence.labels[i] == label ? 1 : 0);
        if (std::fabs(slope) < 1e-4) continue;
        for (const std::uint32_t bucket : kept_[i])
          move(weights_[bucket * label_count + label], squares_[bucket * label_count + label], slope);
      }
    steps(sentence);
  }

  void steps(const Sentence& sentence) {
    std::array<double, label_count * label_count> slopes{};
    for (std::size_t i = 0; i + 1 < sentence.words.size(); ++i) {
      for (std::size_t from = 0; from < label_count; ++from)
        for (std::size_t to = 0; to < label_count; ++to)
          slopes[from * label_count + to] +=
              std::exp(lattice_.forward[i][from] + static_cast<double>(model_.transitions[from * label_count + to]) +
                       lattice_.scores[i + 1][to] + lattice_.backward[i + 1][to] - lattice_.total);
      slopes[sentence.labels[i] * label_count + sentence.labels[i + 1]] -= 1;
    }
    for (std::size_t i = 0; i < slopes.size(); ++i) move(model_.transitions[i], step_squares_[i], slopes[i]);
  }

  void move(float& weight, float& square, double slope) const {
    square += static_cast<float>(slope * slope);
    weight -= static_cast<float>(options_.rate * slope / std::sqrt(static_cast<double>(square)));
  }

  Model& model_;
  LearnOptions options_;
  std::mt19937 random_{11};
  std::vector<float> weights_, squares_, step_squares_;
  Features features_;
  Lattice lattice_;
  std::vector<std::vector<std::uint32_t>> kept_;
};

std::set<std::tuple<std::size_t, std::size_t, std::size_t>> names_in(const Sentence& sentence) {
  std::set<std::tuple<std::size_t, std::size_t, std::size_t>> names;
  for (std::size_t i = 0; i < sentence.labels.size(); ++i) {
    const std::uint8_t label = sentence.labels[i];
    if (label == 0 || label % 2 == 0) continue;
    std::size_t end = i + 1;
    while (end < sentence.labels.size() && sentence.labels[end] == label + 1) ++end;
    names.emplace(i, end, (label - 1U) / 2);
  }
  return names;
}

}  // namespace

std::vector<Word> Sentence::views() const {
  std::vector<Word> views;
  for (const std::string& word : words) views.push_back({word, 0});
  return views;
}

std::vector<Sentence> read_sentences(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<Sentence> sentences(1);
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos || tab == 0) {
      if (!sentences.back().words.empty()) sentences.emplace_back();
      continue;
    }
    sentences.back().words.push_back(line.substr(0, tab));
    sentences.back().labels.push_back(label_of(std::string_view(line).substr(tab + 1)));
  }
  if (sentences.back().words.empty()) sentences.pop_back();
  return sentences;
}

void learn(Model& model, const std::vector<Sentence>& sentences, const LearnOptions& options) {
  model.transitions.fill(0);
  Learner learner(model, options);
  for (int i = 0; i < options.passes; ++i) learner.pass(sentences);
  learner.finish();
}

std::vector<Counts> measure(const Model& model, const std::vector<Sentence>& sentences, double minimum) {
  Tagger tagger(std::make_shared<const Model>(model));
  std::vector<Counts> counts(kinds.size() + 1);
  for (const Sentence& sentence : sentences) {
    const auto there = names_in(sentence);
    for (const auto& [begin, end, kind] : there) ++counts[kind].there, ++counts.back().there;
    for (const Name& name : tagger.tag(sentence.views())) {
      if (name.probability < minimum) continue;
      const int right = there.contains({name.begin, name.end, name.kind}) ? 1 : 0;
      ++counts[name.kind].found, ++counts.back().found;
      counts[name.kind].right += right, counts.back().right += right;
    }
  }
  return counts;
}

}  // namespace earshot::entities
