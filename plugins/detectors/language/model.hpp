// model.hpp: what is known of the languages that share a script: for each n-gram the weight that it gives to each of
// them, a multinomial logistic regression over hashed n-grams of which only the larger weights are kept. Immutable once
// read: any thread.
//
// The file: lines of text, an empty line, then one zstd frame of four columns (differences of the sorted keys, number
// of weights of each, their languages, the weights), little-endian.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "language/letters.hpp"

namespace earshot::language {

// Languages of one script, [begin, end) of the model's.
struct Group {
  Script script = Script::common;
  std::uint32_t begin = 0, end = 0;
};

struct Weight {
  std::uint8_t language = 0;
  std::int8_t value = 0;
};

// A model as it is made and written.
struct ModelContent {
  std::vector<std::string> languages;
  std::vector<Group> groups;
  double unit = 1;         // what one step of a weight is worth
  double temperature = 1;  // divides the sum before the softmax; measured on texts that were held out
  std::string learned_from;
  std::vector<std::uint32_t> keys;    // sorted
  std::vector<std::uint32_t> counts;  // weights of each key
  std::vector<Weight> weights;
};

std::string write_model(const ModelContent& content);
ModelContent read_content(std::string_view bytes);  // throws std::runtime_error on a file that is none

class Model {
 public:
  static constexpr std::size_t most_languages = 128;

  explicit Model(const ModelContent& content);

  const std::vector<std::string>& languages() const { return languages_; }
  const Group* group(Script script) const;
  double unit() const { return unit_; }
  double temperature() const { return temperature_; }

  // Letters that may be added at once: their weights fit into 16 bits.
  static constexpr std::size_t most_letters = 48, most_ngrams = 5 * most_letters;
  using Sums = std::array<std::int32_t, most_languages>;
  // Adds to `sums` what the n-grams of `letters` say, whole words with a space at both ends; returns how many of them
  // are known.
  std::uint32_t add(std::span<const char16_t> letters, Sums& sums) const;

 private:
  // Rows with many weights are stored in full, so that they are added without a branch.
  static constexpr std::size_t lanes = 64;
  static constexpr std::uint32_t in_full = 127;
  struct alignas(64) Row : std::array<std::int8_t, lanes> {};  // in one line of the cache

  struct Slot {
    std::uint32_t key = 0;
    std::uint32_t row = 0;  // where its weights begin, in the upper bits, and how many they are, in the lower 7
  };
  void insert(std::uint32_t key, std::span<const Weight> weights);
  const Slot* find(std::uint32_t key) const;

  std::vector<std::string> languages_;
  std::vector<Group> groups_;
  double unit_, temperature_;
  std::vector<Slot> slots_;  // open addressing, by the upper bits of the key, so that sorted keys fill it in order; a
                             // row of 0 is free
  std::vector<Weight> weights_;
  std::vector<Row> rows_;  // in full
  std::uint32_t mask_ = 0;
  int shift_ = 0;
};

}  // namespace earshot::language
