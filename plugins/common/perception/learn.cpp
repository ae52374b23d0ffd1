#include "perception/learn.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "model/quantise.hpp"

namespace earshot::perception {
namespace {

using model::Examples;
using model::FeatureView;

constexpr std::size_t kMost = 8;  // classes

class Learner {
 public:
  Learner(const Examples& examples, const model::Info& info, const LearnOptions& options)
      : examples_(examples),
        options_(options),
        classes_(info.classes.size()),
        stride_(classes_ <= 4 ? 4 : kMost),
        factor_(std::size_t{1} << info.features.bits),
        weights_((factor_.size() + 1) * stride_),
        squares_(weights_.size()) {}

  void prepare(std::span<const std::size_t> rows, std::span<const float> weight) {
    std::vector<std::uint32_t> count(factor_.size());
    std::vector<double> total(classes_);
    for (const std::size_t row : rows) {
      const FeatureView f = examples_.features(row);
      for (const std::uint32_t b : f.words) ++count[b], factor_[b] = 1;
      for (const std::uint32_t b : f.characters) ++count[b], factor_[b] = options_.characters;
      for (const model::OwnFeature& own : f.own) ++count[own.bucket], factor_[own.bucket] = 1;
      total[examples_.classes(row)[0]] += weight.empty() ? 1.0 : static_cast<double>(weight[row]);
    }
    for (std::size_t b = 0; b < factor_.size(); ++b)
      if (count[b] < options_.least_count) factor_[b] = 0;
    const double mean = std::accumulate(total.begin(), total.end(), 0.0) / static_cast<double>(classes_);
    for (const double t : total)
      class_weight_.push_back(
          static_cast<float>(std::pow(mean / std::max(1.0, t), static_cast<double>(options_.balance))));
  }

  void epoch(std::span<const std::size_t> rows, std::span<const float> weight, float rate, std::mt19937_64& random) {
    for (const std::size_t row : rows) step(row, weight.empty() ? 1 : weight[row], rate, random);
  }

  void add_to(std::vector<double>& sum) const {
    for (std::size_t i = 0; i < weights_.size(); ++i) sum[i] += static_cast<double>(weights_[i]);
  }
  std::size_t stride() const { return stride_; }
  float factor(std::size_t bucket) const { return factor_[bucket]; }

 private:
  void gather(std::size_t row, std::mt19937_64& random) {
    const FeatureView f = examples_.features(row);
    taken_.clear();
    const float keep = 1 - options_.dropout;
    const auto add = [&](std::uint32_t bucket, float value) {
      if (factor_[bucket] == 0) return;
      if (options_.dropout > 0) {
        if (static_cast<float>(random() >> 40) * 0x1p-24F < options_.dropout) return;
        value /= keep;
      }
      taken_.push_back({bucket, value * factor_[bucket]});
    };
    for (const std::uint32_t b : f.words) add(b, FeatureView::value_of(f.words.size()));
    for (const std::uint32_t b : f.characters) add(b, FeatureView::value_of(f.characters.size()));
    for (const model::OwnFeature& own : f.own) add(own.bucket, own.value);
    taken_.push_back({static_cast<std::uint32_t>(factor_.size()), 1});
  }

  void step(std::size_t row, float weight, float rate, std::mt19937_64& random) {
    gather(row, random);
    float p[kMost] = {};
    for (const model::OwnFeature& f : taken_) {
      const float* w = weights_.data() + f.bucket * stride_;
      for (std::size_t c = 0; c < stride_; ++c) p[c] += f.value * w[c];
    }
    float most = p[0], sum = 0;
    for (std::size_t c = 1; c < classes_; ++c) most = std::max(most, p[c]);
    for (std::size_t c = 0; c < classes_; ++c) sum += p[c] = std::exp(p[c] - most);
    for (std::size_t c = 0; c < classes_; ++c) p[c] /= sum;
    const std::size_t truly = examples_.classes(row)[0];
    p[truly] -= 1;
    weight *= class_weight_[truly];
    for (std::size_t c = 0; c < classes_; ++c) p[c] *= weight;
    for (std::size_t c = classes_; c < stride_; ++c) p[c] = 0;
    for (const model::OwnFeature& f : taken_) {
      float* w = weights_.data() + f.bucket * stride_;
      float* s = squares_.data() + f.bucket * stride_;
      for (std::size_t c = 0; c < stride_; ++c) {
        const float g = p[c] * f.value + options_.l2 * w[c];
        s[c] += g * g;
        w[c] -= rate * g / (std::sqrt(s[c]) + 1e-3F);
      }
    }
  }

  const Examples& examples_;
  const LearnOptions& options_;
  std::size_t classes_, stride_;
  std::vector<float> factor_, weights_, squares_, class_weight_;
  std::vector<model::OwnFeature> taken_;
};

// Of the mean of the weights.
model::Model model_of(const model::Info& info, const Learner& learner, const std::vector<double>& mean_weights,
                      std::size_t most_features) {
  const std::size_t k = info.classes.size(), from = learner.stride(), buckets = std::size_t{1} << info.features.bits;
  const std::size_t outputs = model::Model::outputs_for(info);
  std::vector<model::Output> out(outputs);
  std::vector<double> weights(buckets * outputs);
  for (std::size_t b = 0; b <= buckets; ++b) {
    const double* w = mean_weights.data() + b * from;
    double mean = 0;
    for (std::size_t c = 0; c < k; ++c) mean += w[c] / static_cast<double>(k);
    for (std::size_t o = 0; o < outputs; ++o) {
      const double value = outputs == 1 ? w[1] - w[0] : w[o] - mean;
      if (b == buckets) {
        out[o].bias = static_cast<float>(value);
        continue;
      }
      weights[b * outputs + o] = value * static_cast<double>(learner.factor(b));
      out[o].scale = std::max(out[o].scale, static_cast<float>(std::abs(weights[b * outputs + o])));
    }
  }
  for (model::Output& o : out) o.scale = std::max(o.scale, 1e-12F) / (127 * 127);  // in float, as models that ship were
  std::vector<std::int8_t> bytes = model::quantised(weights, out, most_features);
  return {info, std::move(out), std::vector<model::Calibration>(k), std::move(bytes)};
}

}  // namespace

model::Model learn(const Examples& examples, std::span<const std::size_t> rows, std::span<const float> weight,
                   const model::Info& info, const LearnOptions& options) {
  Learner learner(examples, info, options);
  learner.prepare(rows, weight);
  std::vector<std::size_t> order(rows.begin(), rows.end());
  std::mt19937_64 random(options.seed);
  std::vector<double> sum(((std::size_t{1} << info.features.bits) + 1) * learner.stride());
  unsigned averaged = 0;
  for (unsigned e = 0; e < options.epochs; ++e) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    learner.epoch(order, weight, options.rate / std::sqrt(1 + static_cast<float>(e)), random);
    if (e + 1 > options.epochs / 2) learner.add_to(sum), ++averaged;
  }
  for (double& s : sum) s /= averaged;
  return model_of(info, learner, sum, options.most_features);
}

}  // namespace earshot::perception
