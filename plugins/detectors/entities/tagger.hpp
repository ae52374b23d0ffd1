// tagger.hpp: finds names in a sentence: a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001)
// over hashed features of words, their neighbours, outlines, ends, classes and lists. The model is immutable: any
// thread; a Tagger belongs to one thread.
//
// A model file is a zstd frame: lines of text with the version and the numbers, an empty line, the lexicon, the
// weights.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "entities/words.hpp"

namespace earshot::entities {

// The kinds of names, in the order of the labels: label 0 is outside, 1 + 2k begins kind k, 2 + 2k goes on with it.
inline constexpr std::array<std::string_view, 6> kinds{"company", "work", "group", "place", "person", "product"};
inline constexpr std::size_t label_count = 1 + 2 * kinds.size();
inline constexpr std::uint32_t bucket_count = 1 << 16;

// What is known of a word beforehand, learned from texts without labels and from lists.
struct Known {
  std::uint32_t key = 0;     // hash of its normal form
  std::uint8_t before = 0;   // class of words that follow alike
  std::uint8_t after = 0;    // class of words that are followed alike
  std::uint8_t capital = 0;  // how often it is written with a capital, in fifths; 0: not known
  std::uint8_t lists = 0;    // bits: given names, cities, countries and states, brands; the upper four: part of one
};

struct Model {
  std::vector<Known> lexicon;                                  // by key
  std::vector<std::int8_t> weights;                            // label_count for each bucket
  std::array<float, label_count * label_count> transitions{};  // from, to
  float unit = 1;                                              // what one step of a weight is worth

  const Known* find(std::string_view normal) const;
};

std::uint32_t hash_of(std::string_view text, std::uint32_t seed = 0);
std::string write_model(const Model& model);
Model read_model(std::string_view bytes);  // throws std::runtime_error on bytes that are none

// The buckets of the features of every word of a sentence.
class Features {
 public:
  void read(const std::vector<Word>& words, const Model& lexicon);
  std::size_t size() const { return ends_.size(); }
  std::span<const std::uint32_t> of(std::size_t word) const {
    const std::size_t begin = word == 0 ? 0 : ends_[word - 1];
    return std::span(buckets_).subspan(begin, ends_[word] - begin);
  }

 private:
  struct View {
    std::string normal, shape;
    const Known* known = nullptr;
  };
  void add(std::size_t i, double capitals);
  void put(std::uint32_t kind, std::string_view value);
  void put(std::uint32_t kind, std::uint32_t value);

  std::vector<View> views_;
  std::vector<std::uint32_t> buckets_, ends_;
};

struct Name {
  std::size_t begin = 0, end = 0;  // words
  std::size_t kind = 0;            // of `kinds`
  double probability = 0;
};

// Sums over all ways to label a sentence, for training and for probabilities.
struct Lattice {
  using Labels = std::array<double, label_count>;
  std::vector<Labels> scores, forward, backward;  // logarithms
  double total = 0;

  void sum(const std::array<float, label_count * label_count>& transitions);
  double chance(std::size_t word, std::size_t label) const {
    return forward[word][label] + backward[word][label] - total;  // its logarithm
  }
};

class Tagger {
 public:
  explicit Tagger(std::shared_ptr<const Model> model) : model_(std::move(model)) {}
  const std::vector<Name>& tag(const std::vector<Word>& words);

 private:
  void best_path();
  double probability(const Name& name) const;

  std::shared_ptr<const Model> model_;
  Features features_;
  Lattice lattice_;
  std::vector<std::array<std::uint8_t, label_count>> from_;
  std::vector<std::uint8_t> labels_;
  std::vector<Name> names_;
};

}  // namespace earshot::entities
