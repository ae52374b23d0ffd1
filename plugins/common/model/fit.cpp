#include <linear.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "model/quantise.hpp"
#include "model/train.hpp"

namespace earshot::model {
namespace {

// What each bucket's value is multiplied by while learning, and its weight afterwards. 0: it is left out.
std::vector<float> factors(const Examples& examples, std::span<const std::size_t> rows, const Info& info,
                           const TrainOptions& options) {
  std::vector<std::uint32_t> count(std::size_t{1} << info.features.bits);
  std::vector<float> out(count.size(), 1);
  for (const std::size_t row : rows) {
    const FeatureView f = examples.features(row);
    for (const std::uint32_t b : f.words) ++count[b];
    for (const std::uint32_t b : f.characters) ++count[b], out[b] = static_cast<float>(options.characters);
  }
  const double n = static_cast<double>(rows.size());
  for (std::size_t b = 0; b < out.size(); ++b) {
    if (count[b] < options.least_count) out[b] = 0;
    if (options.rare_words_weigh_more && count[b] > 0)
      out[b] *= static_cast<float>(std::log(1 + n / count[b]) / std::log(1 + n / 10));
  }
  for (const std::size_t row : rows)
    for (const OwnFeature& own : examples.features(row).own) out[own.bucket] = 1;
  return out;
}

// The examples as liblinear wants them.
class Problem {
 public:
  Problem(const Examples& examples, std::span<const std::size_t> rows, std::span<const float> factor) {
    std::vector<std::size_t> begins;
    for (const std::size_t row : rows) {
      const FeatureView f = examples.features(row);
      begins.push_back(nodes_.size());
      const auto add = [&](std::uint32_t bucket, float value) {
        if (factor[bucket] != 0)
          nodes_.push_back({static_cast<int>(bucket) + 1, static_cast<double>(value * factor[bucket])});
      };
      for (const std::uint32_t b : f.words) add(b, FeatureView::value_of(f.words.size()));
      for (const std::uint32_t b : f.characters) add(b, FeatureView::value_of(f.characters.size()));
      for (const OwnFeature& own : f.own) add(own.bucket, own.value);
      nodes_.push_back({static_cast<int>(factor.size()) + 1, 1});  // the bias
      nodes_.push_back({-1, 0});
    }
    for (const std::size_t begin : begins) rows_.push_back(nodes_.data() + begin);
    labels_.resize(rows.size());
    raw_ = {static_cast<int>(rows.size()), static_cast<int>(factor.size()) + 1, labels_.data(), rows_.data(), -1};
  }
  void label(std::size_t row, bool yes) { labels_[row] = yes ? 1 : -1; }
  const problem& raw() const { return raw_; }

 private:
  std::vector<feature_node> nodes_;
  std::vector<feature_node*> rows_;
  std::vector<double> labels_;
  problem raw_{};
};

// Weights of one class against the rest; the last is the bias.
std::vector<double> weights_of(const Problem& problem, double yes_weight, double c, const TrainOptions& options) {
  int labels[2] = {1, -1};
  double label_weights[2] = {yes_weight, 1};
  parameter p{};
  p.solver_type = options.loss == Loss::logistic ? L2R_LR : L2R_L2LOSS_SVC;
  p.eps = options.eps;
  p.C = c;
  p.nr_weight = 2, p.weight_label = labels, p.weight = label_weights;
  std::srand(static_cast<unsigned>(options.seed));
  set_print_string_function([](const char*) {});
  ::model* trained = ::train(&problem.raw(), &p);
  const double sign = trained->label[0] == 1 ? 1 : -1;
  std::vector<double> out(static_cast<std::size_t>(trained->nr_feature));
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = sign * trained->w[i];
  free_and_destroy_model(&trained);
  return out;
}

// Of weights as they were learned, a row an output, its bias last.
Model model_of(const Info& info, const std::vector<std::vector<double>>& rows, std::span<const float> factor,
               std::size_t most_features) {
  const std::size_t buckets = factor.size();
  std::vector<Output> outputs;
  std::vector<double> weights(buckets * rows.size());
  for (std::size_t o = 0; o < rows.size(); ++o) {
    double most = 1e-12;
    for (std::size_t b = 0; b < buckets; ++b) {
      double& weight = weights[b * rows.size() + o];
      weight = rows[o][b] * static_cast<double>(factor[b]);
      most = std::max(most, std::abs(weight));
    }
    outputs.push_back({static_cast<float>(most / (127 * 127)), static_cast<float>(rows[o][buckets])});
  }
  std::vector<std::int8_t> bytes = quantised(weights, outputs, most_features);
  return {info, std::move(outputs), std::vector<Calibration>(info.classes.size()), std::move(bytes)};
}

}  // namespace

Model fit(const Examples& examples, std::span<const std::size_t> rows, const Info& info, const TrainOptions& options,
          double c) {
  const std::vector<float> factor = factors(examples, rows, info, options);
  Problem problem(examples, rows, factor);
  const std::size_t outputs = Model::outputs_for(info);
  std::vector<std::vector<double>> weights;
  for (std::size_t o = 0; o < outputs; ++o) {
    const std::size_t cls = outputs == 1 ? info.classes.size() - 1 : o;
    double yes = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const bool is = examples.has(rows[i], cls);
      problem.label(i, is), yes += is ? 1 : 0;
    }
    const double no = static_cast<double>(rows.size()) - yes;
    // A class that a fold does not have cannot be learned there: it keeps no weights, and a low bias.
    if (yes == 0 || no == 0) {
      weights.emplace_back(factor.size() + 1);
      weights.back().back() = yes == 0 ? -5 : 5;
      continue;
    }
    weights.push_back(weights_of(problem, std::pow(no / yes, options.balance), c, options));
  }
  return model_of(info, weights, factor, options.most_features);
}

}  // namespace earshot::model
