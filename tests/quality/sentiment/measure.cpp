#include "measure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "share/share.hpp"

namespace earshot::quality {

using perception::Corpus;
using perception::Set;

namespace {

template <class Judge>
Answers each(const Corpus& corpus, std::vector<std::size_t> rows, std::size_t classes, Judge&& judge) {
  Answers out;
  out.rows = std::move(rows), out.classes = classes;
  out.probabilities.resize(out.rows.size() * classes);
  for (std::size_t i = 0; i < out.rows.size(); ++i)
    out.said.push_back(static_cast<std::uint16_t>(
        judge(corpus.examples.features(out.rows[i]), std::span(out.probabilities).subspan(i * classes, classes))));
  return out;
}

std::vector<std::uint16_t> truth(const Answers& answers, const Corpus& corpus) {
  std::vector<std::uint16_t> out;
  for (const std::size_t row : answers.rows) out.push_back(corpus.rows[row].label);
  return out;
}

float told(const Answers& a, std::size_t i) {
  return a.probabilities[i * a.classes + a.said[i]];
}

}  // namespace

void Answers::append(const Answers& more) {
  rows.insert(rows.end(), more.rows.begin(), more.rows.end());
  probabilities.insert(probabilities.end(), more.probabilities.begin(), more.probabilities.end());
  said.insert(said.end(), more.said.begin(), more.said.end());
  leans.insert(leans.end(), more.leans.begin(), more.leans.end());
  classes = more.classes, mix = more.mix;
}

Answers answer(const perception::Blend& blend, const Corpus& corpus, std::vector<std::size_t> rows) {
  std::vector<char> leans;
  std::vector<double> mix;
  for (const std::string& name : blend.posts().info().classes)
    mix.push_back(blend.posts().info().quality.at("mix of " + name));
  Answers out = each(corpus, std::move(rows), 3, [&](const model::FeatureView& features, std::span<float> p) {
    const float prose = blend.probabilities(features, p);
    leans.push_back(static_cast<double>(p[2]) * mix[0] > static_cast<double>(p[0]) * mix[2] ? 1 : 0);
    return blend.choose(p, prose);
  });
  out.leans = std::move(leans), out.mix = std::move(mix);
  return out;
}

Answers answer(const model::Model& model, const Corpus& corpus, std::vector<std::size_t> rows) {
  return each(corpus, std::move(rows), model.classes(), [&](const model::FeatureView& features, std::span<float> p) {
    model.scores(features, p);
    model.probabilities(p, p);
    return model.choose(p);
  });
}

Answers only(const Answers& all, const Corpus& corpus, Set set) {
  Answers out;
  out.classes = all.classes, out.mix = all.mix;
  for (std::size_t i = 0; i < all.rows.size(); ++i) {
    if (corpus.rows[all.rows[i]].set != set) continue;
    out.rows.push_back(all.rows[i]), out.said.push_back(all.said[i]);
    if (!all.leans.empty()) out.leans.push_back(all.leans[i]);
    for (std::size_t c = 0; c < all.classes; ++c) out.probabilities.push_back(all.probabilities[i * all.classes + c]);
  }
  return out;
}

std::vector<std::size_t> rows_of(const Corpus& corpus, Set set) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < corpus.rows.size(); ++i)
    if (corpus.rows[i].set == set) out.push_back(i);
  return out;
}

model::Quality quality_of(const Answers& answers, const Corpus& corpus) {
  return {answers.classes, truth(answers, corpus), answers.said};
}

double calibration_error_of(const Answers& answers, const Corpus& corpus) {
  std::vector<float> p;
  std::vector<char> right;
  for (std::size_t i = 0; i < answers.rows.size(); ++i)
    p.push_back(told(answers, i)), right.push_back(corpus.rows[answers.rows[i]].label == answers.said[i] ? 1 : 0);
  return model::calibration_error(p, right);
}

RiskCoverage risk_at(const Answers& answers, const Corpus& corpus, float at_least) {
  double said = 0, wrong = 0;
  for (std::size_t i = 0; i < answers.rows.size(); ++i) {
    if (told(answers, i) < at_least) continue;
    ++said, wrong += corpus.rows[answers.rows[i]].label != answers.said[i];
  }
  return {said > 0 ? wrong / said : 0, said / static_cast<double>(std::max<std::size_t>(1, answers.rows.size()))};
}

TwoPoint two_point(const Answers& answers, const Corpus& corpus) {
  struct Topic {
    share::Estimator estimator;
    double posts = 0, positive = 0, said = 0;
  };
  share::Kind kind{.values = {"negative", "positive"}};
  if (!answers.mix.empty()) kind.trained_on = {answers.mix[0], answers.mix[2]};
  kind.trust = share::sentiment().trust;
  std::map<std::string, Topic> topics;
  std::array<double, 2> right{}, truly{};
  for (std::size_t i = 0; i < answers.rows.size(); ++i) {
    const perception::Row& row = corpus.rows[answers.rows[i]];
    if (row.label == perception::kNeutral) continue;
    const float negative = answers.probabilities[i * 3], positive = answers.probabilities[i * 3 + 2];
    const float p = positive / std::max(1e-9F, positive + negative);
    const std::size_t is = row.label == perception::kPositive ? 1 : 0;
    const bool says = answers.leans.empty() ? p > 0.5F : answers.leans[i] != 0;
    ++truly[is], right[is] += says == (is == 1);
    Topic& topic = topics.try_emplace(row.topic, Topic{share::Estimator(kind)}).first->second;
    topic.estimator.add(std::array{1.0 - p, 1.0 * p});
    ++topic.posts;
    topic.positive += static_cast<double>(is), topic.said += says;
  }
  TwoPoint out;
  out.macro_recall = (right[0] / std::max(1.0, truly[0]) + right[1] / std::max(1.0, truly[1])) / 2;
  constexpr double kEnough = 10;  // posts of a topic, for an interval to say something
  double many = 0;
  for (const auto& [name, topic] : topics) {
    const double n = topic.posts;
    const std::array<double, 2> is{1 - topic.positive / n, topic.positive / n};
    const std::array<double, 2> counted{1 - topic.said / n, topic.said / n};
    const std::vector<share::Share> shares = topic.estimator.shares();
    const std::array<double, 2> estimated{shares[0].value, shares[1].value};
    out.counted_divergence += share::divergence(is, counted, n) / static_cast<double>(topics.size());
    out.estimated_divergence += share::divergence(is, estimated, n) / static_cast<double>(topics.size());
    if (n < kEnough) continue;
    ++many;
    out.held += shares[1].low - 0.5 / n <= is[1] && is[1] <= shares[1].high + 0.5 / n ? 1 : 0;
  }
  out.held /= std::max(1.0, many);
  return out;
}

}  // namespace earshot::quality
