// linear.hpp: a linear model over hashed features: what a text is scored with. A Model is constant once made and shared
// by all workers (shared_ptr<const Model>); a call needs no memory but what it is given.
//
// Weights are one byte each, companded (weight = scale * q * |q|), so that small ones keep their precision, and those
// of one bucket lie side by side. They come from a file (file.hpp) or from training (train.hpp).
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/features.hpp"

namespace earshot::model {

// What a model says of itself; the header of its file.
struct Info {
  std::string kind;                  // of the findings: "sentiment"
  std::vector<std::string> classes;  // 2 to 256 where one of them holds; 1 to 256 where any number may
  bool any = false;                  // any number of classes may hold at once, each judged by itself
  FeatureOptions features;
  std::string learned_from;                // data and licences
  std::map<std::string, double> quality;   // measured in training: "macro_f1"
  std::map<std::string, std::string> set;  // settings of the detector's own
  // Classes about which a detector says nothing, as "ham": names in set["silent"], with commas between.
  bool is_silent(std::size_t cls) const;
  std::string set_or(const std::string& name, const std::string& otherwise) const;
};

// One row of weights: of a class, or of the second of two classes against the first.
struct Output {
  float scale = 0, bias = 0;
};
// From the score of a class to its probability: softmax(slope * score + shift), or for `any` the logistic of it.
// `offset` is added to its logarithm when one class is chosen (for `any`: to its log odds), tuned on held-out texts
// for the measure that training was asked for.
struct Calibration {
  float slope = 1, shift = 0, offset = 0;
};

// A part of a text and how much it spoke for a class.
struct Evidence {
  std::uint16_t text = 0;            // which of the texts that were read
  std::uint32_t begin = 0, end = 0;  // bytes in it
  float weight = 0;                  // in score; below 0: against
};

class Model {
 public:
  // `weights`: for each bucket `stride_for(outputs)` bytes. Throws std::invalid_argument where sizes do not fit.
  Model(Info info, std::vector<Output> outputs, std::vector<Calibration> calibration, std::vector<std::int8_t> weights);

  const Info& info() const { return info_; }
  std::size_t classes() const { return info_.classes.size(); }
  std::span<const Output> outputs() const { return outputs_; }
  std::span<const Calibration> calibration() const { return calibration_; }
  std::span<const std::int8_t> weights() const { return weights_; }

  static std::size_t outputs_for(const Info& info) {
    return !info.any && info.classes.size() == 2 ? 1 : info.classes.size();
  }
  static std::size_t stride_for(std::size_t outputs) { return outputs == 1 ? 1 : (outputs + 3) / 4 * 4; }

  // A score for each class. Spans are of classes() numbers each.
  void scores(const FeatureView& features, std::span<float> to) const;
  // Calibrated; sums to 1 unless `any`. May be the same memory.
  void probabilities(std::span<const float> scores, std::span<float> to) const;
  // The class to say, which is the likeliest one up to the offsets that training found best.
  std::size_t choose(std::span<const float> probabilities) const;
  // For `any`: whether the class holds.
  bool holds(std::size_t cls, float probability) const;

  // The tokens that spoke most for `cls` rather than for the other classes, the strongest first. It takes a second look
  // at the text: ask only for what is reported. Equal words come once.
  std::vector<Evidence> why(const Features& features, std::size_t cls, std::size_t most) const;

 private:
  template <std::size_t Stride>
  void add_up(const FeatureView& features, float* to) const;
  void add_up_wide(const FeatureView& features, float* to) const;
  float favour(std::uint32_t bucket, std::size_t cls) const;

  Info info_;
  std::vector<Output> outputs_;
  std::vector<Calibration> calibration_;
  std::vector<std::int8_t> weights_;
  std::size_t stride_;
};

// "words: never again, terrible": the reason of a finding. `texts` in the order in which they were read.
std::string words_of(std::span<const Evidence> evidence, std::span<const std::string_view> texts);

}  // namespace earshot::model
