// train.hpp: learns what perception ships: the sentiment blend from all allowed data sets, emotion from one. One
// thread, deterministic. For tools only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "model/examples.hpp"
#include "perception/blend.hpp"
#include "perception/corpus.hpp"
#include "perception/learn.hpp"

namespace earshot::perception {

// The rows with their features.
struct Corpus {
  std::vector<Row> rows;
  model::FeatureOptions features;
  model::Examples examples;  // as the detectors read them
};

Corpus make_corpus(std::vector<Row> rows, const model::FeatureOptions& features, bool with_target = true);
model::FeatureOptions default_features();
model::FeatureOptions sentiment_features();
model::FeatureOptions emotion_features();

bool is_prose(Set set);          // reviews
bool is_never_learned(Set set);  // validation parts, and what must not ship

// A number below `folds` for each row: of the topic where the set names one, else of the text.
std::uint32_t fold_of(const Row& row, std::uint32_t folds, std::uint64_t seed);
// The rows of `from` none of whose texts stands in `held` too.
std::vector<std::size_t> without_texts_of(const Corpus& corpus, std::span<const std::size_t> from,
                                          std::span<const std::size_t> held);

struct TrainHow {
  std::uint32_t folds = 2;  // for calibration
  std::size_t most_features = 150'000;
  std::function<void(std::string_view)> tell = [](std::string_view) {};
};

std::shared_ptr<const Blend> train_sentiment(const Corpus& corpus, std::span<const std::size_t> rows,
                                             const TrainHow& how);
// One model of these rows alone, as a team has that labels posts of its own.
std::shared_ptr<const model::Model> train_with(const Corpus& corpus, std::span<const std::size_t> rows);
std::shared_ptr<const model::Model> train_emotion(const Corpus& corpus, std::span<const std::size_t> rows,
                                                  const TrainHow& how);

}  // namespace earshot::perception
