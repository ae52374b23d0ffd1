// measure.hpp: how good perception is on labelled texts. Values and free functions; one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/quality.hpp"
#include "perception/train.hpp"

namespace earshot::quality {

// What was said of some rows of a corpus.
struct Answers {
  std::vector<std::size_t> rows;
  std::vector<float> probabilities;  // a row of as many as there are classes
  std::vector<std::uint16_t> said;
  std::vector<char> leans;  // of a blend: positive gained more than negative beside its share in training
  std::vector<double> mix;  // that the probabilities were calibrated for
  std::size_t classes = 3;
  void append(const Answers& more);
};

Answers answer(const perception::Blend& blend, const perception::Corpus& corpus, std::vector<std::size_t> rows);
Answers answer(const model::Model& model, const perception::Corpus& corpus, std::vector<std::size_t> rows);
Answers only(const Answers& all, const perception::Corpus& corpus, perception::Set set);

std::vector<std::size_t> rows_of(const perception::Corpus& corpus, perception::Set set);
model::Quality quality_of(const Answers& answers, const perception::Corpus& corpus);
double calibration_error_of(const Answers& answers, const perception::Corpus& corpus);
// Share of wrong answers among those with at least this probability, and how many they are of all.
struct RiskCoverage {
  double risk = 0, coverage = 0;
};
RiskCoverage risk_at(const Answers& answers, const perception::Corpus& corpus, float at_least);

// Positive or negative towards a topic; posts that are neither do not count.
struct TwoPoint {
  double macro_recall = 0;
  double counted_divergence = 0;    // of the share by counting answers, mean of the topics
  double estimated_divergence = 0;  // by share/share.hpp
  double held = 0;  // share of the topics of ten posts or more whose share the interval holds, but for half a post
};
TwoPoint two_point(const Answers& answers, const perception::Corpus& corpus);

}  // namespace earshot::quality
