// learned.hpp: a small model of texts made up for the tests. One thread.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "model/train.hpp"

namespace earshot::model::testing {

inline constexpr std::array<const char*, 3> kNames{"weather", "money", "music"};

// Sentences of a few words, most of which are of one class.
inline std::vector<std::pair<std::string, std::uint16_t>> sentences(std::size_t count) {
  const std::array<std::array<const char*, 6>, 3> words{{{"rain", "sunny", "storm", "cloudy", "snow", "wind"},
                                                         {"bank", "loan", "shares", "interest", "euro", "budget"},
                                                         {"guitar", "song", "drums", "concert", "singer", "tune"}}};
  const std::array<const char*, 5> other{"today", "the", "again", "quite", "about"};
  std::vector<std::pair<std::string, std::uint16_t>> out;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t cls = i % 3;
    out.emplace_back(std::string(words[cls][i / 3 % 6]) + " " + other[i % 5] + " " + words[cls][(i / 18 + i) % 6] +
                         " " + other[(i / 5) % 5] + " number " + std::to_string(i),
                     static_cast<std::uint16_t>(cls));
  }
  return out;
}

inline Info info() {
  Info info;
  info.kind = "topic", info.classes = {kNames.begin(), kNames.end()}, info.features.bits = 12;
  info.learned_from = "made up";
  info.set["silent"] = "weather";
  return info;
}

inline Examples examples(const FeatureOptions& options, std::size_t count = 120) {
  const Extractor extractor(options);
  Features features;
  Examples out;
  for (const auto& [text, cls] : sentences(count)) {
    features.clear();
    extractor.read(text, features);
    out.add(features, cls, out.size());
  }
  return out;
}

inline TrainOptions options() {
  TrainOptions o;
  o.c = {4}, o.folds = 4;
  return o;
}

// Learned once for all tests.
inline const Trained& learned() {
  static const Trained trained = train(examples(info().features), info(), options());
  return trained;
}

// The probabilities of a text.
inline std::vector<float> judge(const Model& model, std::string_view text) {
  Features features;
  Extractor(model.info().features).read(text, features);
  std::vector<float> p(model.classes());
  model.scores(features.view(), p);
  model.probabilities(p, p);
  return p;
}

}  // namespace earshot::model::testing
