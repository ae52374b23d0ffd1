#include "perception/train.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "model/calibrate.hpp"
#include "model/train.hpp"
#include "perception/features.hpp"

namespace earshot::perception {
namespace {

using model::Info;
using model::Model;

constexpr const char* kSentimentData =
    "TweetEval sentiment (train), SemEval-2017 task 4 (topics), Dong et al. 2014, SemEval-2014 restaurants and "
    "laptops, "
    "MAMS (train), Sanders, Apple 2014, SXSW 2011 (research use), entity sentiment (CC0)";
constexpr const char* kEmotionData = "TweetEval emotion (train) (research use)";

Info sentiment_info(const Corpus& corpus) {
  Info info;
  info.kind = "sentiment", info.classes = {"negative", "neutral", "positive"};
  info.features = corpus.features, info.learned_from = kSentimentData;
  return info;
}

using Fit = std::function<Model(std::span<const std::size_t>)>;

// The mix of classes that the calibration saw stands in the model, for share/share.hpp.
void add_mix(Info& info, const Corpus& corpus, std::span<const std::size_t> rows) {
  for (std::size_t c = 0; c < info.classes.size(); ++c) {
    const auto count =
        std::count_if(rows.begin(), rows.end(), [&](std::size_t i) { return corpus.rows[i].label == c; });
    info.quality["mix of " + info.classes[c]] =
        static_cast<double>(count) / static_cast<double>(std::max<std::size_t>(1, rows.size()));
  }
}

// Scores of each row by a model that did not see its fold, then the calibration that they give.
std::shared_ptr<const Model> calibrated(const Corpus& corpus, std::span<const std::size_t> rows, const Info& info,
                                        const Fit& fit, const TrainHow& train, model::Goal goal,
                                        const std::function<bool(const Row&)>& counts) {
  const std::size_t k = info.classes.size();
  model::Scored scored{&corpus.examples, k, false, std::vector<float>(corpus.rows.size() * k), {}};
  for (std::uint32_t fold = 0; fold < train.folds; ++fold) {
    train.tell("calibration, fold " + std::to_string(fold + 1));
    std::vector<std::size_t> in, out;
    for (const std::size_t row : rows) (fold_of(corpus.rows[row], train.folds, 77) == fold ? out : in).push_back(row);
    const Model model = fit(without_texts_of(corpus, in, out));
    for (const std::size_t row : out) {
      if (!counts(corpus.rows[row])) continue;
      model.scores(corpus.examples.features(row), std::span(scored.scores).subspan(row * k, k));
      scored.rows.push_back(row);
    }
  }
  train.tell("all rows");
  const Model model = fit(rows);
  Info about = model.info();
  add_mix(about, corpus, scored.rows);
  return std::make_shared<const Model>(
      about, std::vector<model::Output>(model.outputs().begin(), model.outputs().end()), model::calibrate(scored, goal),
      std::vector<std::int8_t>(model.weights().begin(), model.weights().end()));
}

// Posts of social media; reviews help a little.
std::shared_ptr<const Model> posts_expert(const Corpus& corpus, std::span<const std::size_t> rows,
                                          const TrainHow& train) {
  const Info info = sentiment_info(corpus);
  std::vector<float> weight(corpus.rows.size());
  for (std::size_t i = 0; i < weight.size(); ++i) weight[i] = is_prose(corpus.rows[i].set) ? 0.15F : 1.0F;
  LearnOptions how;
  how.rate = 0.05F, how.characters = 0.7F, how.most_features = train.most_features;
  train.tell("posts");
  return calibrated(
      corpus, rows, info,
      [&](std::span<const std::size_t> in) { return learn(corpus.examples, in, weight, info, how); }, train,
      model::Goal::macro_f1, [](const Row& row) { return !is_prose(row.set); });
}

std::shared_ptr<const Model> prose_expert(const Corpus& corpus, std::span<const std::size_t> rows,
                                          const TrainHow& train) {
  const Info info = sentiment_info(corpus);
  std::vector<std::size_t> mine;
  for (const std::size_t row : rows)
    if (is_prose(corpus.rows[row].set)) mine.push_back(row);
  model::TrainOptions how;
  how.rare_words_weigh_more = false, how.eps = 0.01, how.most_features = train.most_features;
  train.tell("prose");
  return calibrated(
      corpus, mine, info,
      [&](std::span<const std::size_t> in) { return model::fit(corpus.examples, in, info, how, 0.7); }, train,
      model::Goal::accuracy, [](const Row&) { return true; });
}

std::shared_ptr<const Model> gate(const Corpus& corpus, std::span<const std::size_t> rows, const TrainHow& train) {
  Info info = sentiment_info(corpus);
  info.kind = "register", info.classes = {"post", "prose"};
  model::Examples examples;
  Reader reader(corpus.features);
  model::Features features;
  std::vector<std::size_t> mine;
  for (const std::size_t row : rows) {
    features.clear();
    reader.read(corpus.rows[row].text, features);
    mine.push_back(examples.size());
    examples.add(features, is_prose(corpus.rows[row].set) ? 1 : 0, corpus.rows[row].same);
  }
  LearnOptions how;
  how.rate = 0.05F, how.epochs = 2, how.balance = 1, how.most_features = train.most_features / 10;
  train.tell("gate");
  return std::make_shared<const Model>(learn(examples, mine, {}, info, how));
}

}  // namespace

model::FeatureOptions default_features() {
  model::FeatureOptions features;
  features.bits = 17, features.shortest = features.longest = 4;
  return features;
}

model::FeatureOptions sentiment_features() {
  model::FeatureOptions features = default_features();
  features.lexicon = model::LexiconName::service;
  return features;
}

model::FeatureOptions emotion_features() {
  model::FeatureOptions features = default_features();
  features.lexicon = model::LexiconName::emotion;
  return features;
}

bool is_prose(Set set) {
  return set == Set::laptops || set == Set::restaurants || set == Set::mams || set == Set::mams_val;
}
bool is_never_learned(Set set) {
  return set == Set::tweeteval_val || set == Set::mams_val || set == Set::emotion_val || set == Set::airline;
}

Corpus make_corpus(std::vector<Row> rows, const model::FeatureOptions& options, bool with_target) {
  Corpus corpus{std::move(rows), options, {}};
  const Reader reader(options);
  model::Features features;
  for (const Row& row : corpus.rows) {
    features.clear();
    reader.read(row.text, features);
    if (with_target && row.end > row.begin) reader.target(features, 0, row.begin, row.end);
    corpus.examples.add(features, row.label, row.same);
  }
  return corpus;
}

std::uint32_t fold_of(const Row& row, std::uint32_t folds, std::uint64_t seed) {
  const bool by_topic = row.set == Set::topic_ce || row.set == Set::topic_bd || row.set == Set::dong;
  const std::uint64_t key = by_topic ? model::hash(row.topic) : row.same;
  return static_cast<std::uint32_t>((model::combine(key, seed) >> 33) % folds);
}

std::vector<std::size_t> without_texts_of(const Corpus& corpus, std::span<const std::size_t> from,
                                          std::span<const std::size_t> held) {
  std::unordered_set<std::uint64_t> texts;
  for (const std::size_t row : held) texts.insert(corpus.rows[row].same);
  std::vector<std::size_t> out;
  for (const std::size_t row : from)
    if (texts.count(corpus.rows[row].same) == 0) out.push_back(row);
  return out;
}

std::shared_ptr<const Blend> train_sentiment(const Corpus& corpus, std::span<const std::size_t> rows,
                                             const TrainHow& how) {
  return std::make_shared<const Blend>(posts_expert(corpus, rows, how), prose_expert(corpus, rows, how),
                                       gate(corpus, rows, how));
}

std::shared_ptr<const Model> train_with(const Corpus& corpus, std::span<const std::size_t> rows) {
  LearnOptions how;
  how.rate = 0.1F, how.epochs = 8, how.balance = 0.5F, how.characters = 0.7F;
  const Info info = sentiment_info(corpus);
  return calibrated(
      corpus, rows, info, [&](std::span<const std::size_t> in) { return learn(corpus.examples, in, {}, info, how); },
      {}, model::Goal::macro_f1, [](const Row&) { return true; });
}

std::shared_ptr<const Model> train_emotion(const Corpus& corpus, std::span<const std::size_t> rows,
                                           const TrainHow& train) {
  Info info;
  info.kind = "emotion", info.classes = {"anger", "joy", "optimism", "sadness"};
  info.features = corpus.features, info.learned_from = kEmotionData;
  LearnOptions how;
  how.rate = 0.1F, how.epochs = 10, how.balance = 0.3F, how.characters = 0.7F, how.most_features = train.most_features;
  TrainHow folds = train;
  folds.folds = 5;
  train.tell("emotion");
  return calibrated(
      corpus, rows, info, [&](std::span<const std::size_t> in) { return learn(corpus.examples, in, {}, info, how); },
      folds, model::Goal::macro_f1, [](const Row&) { return true; });
}

}  // namespace earshot::perception
