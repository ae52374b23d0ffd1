// measure_perception DATA MODELS [FOLDS [ANSWERS]]: prints the quality of perception as a table: of the models in the
// folder MODELS on what they never learned from, and of the method by so many of five folds (5), topics and targets
// never seen in training, beside the plain floor. Each answer of the folds becomes a line of the file ANSWERS: set,
// topic, label, the probabilities of negative, neutral and positive, and what was said. Takes some minutes.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>

#include "measure.hpp"
#include "model/train.hpp"

namespace {

namespace perception = earshot::perception;
namespace quality = earshot::quality;
namespace model = earshot::model;
namespace fs = std::filesystem;
using perception::Set;

constexpr std::uint32_t kFolds = 5;

void row(const char* set, const char* who, const quality::Answers& answers, const perception::Corpus& corpus) {
  const model::Quality q = quality::quality_of(answers, corpus);
  std::printf("| %s | %s | %zu | %.3f | %.3f | %.3f | %.3f |", set, who, answers.rows.size(), q.accuracy(),
              q.macro_f1(), q.macro_recall(), quality::calibration_error_of(answers, corpus));
  if (answers.classes == 3 && !answers.rows.empty() && corpus.rows[answers.rows[0]].set == Set::topic_bd) {
    const quality::TwoPoint two = quality::two_point(answers, corpus);
    std::printf(" two-point macro-recall %.3f; KL %.3f counted, %.3f estimated; interval holds %.3f", two.macro_recall,
                two.counted_divergence, two.estimated_divergence, two.held);
  }
  std::printf(" |\n");
  std::fflush(stdout);
}

// What a few hundred lines reach: no target, no lexicon, one data set.
quality::Answers floor(const perception::Corpus& plain, const std::vector<std::size_t>& in,
                       const std::vector<std::size_t>& out, std::size_t classes) {
  model::Info info;
  info.kind = "floor", info.features = plain.features;
  for (std::size_t c = 0; c < classes; ++c) info.classes.push_back(std::to_string(c));
  model::TrainOptions how;
  how.balance = 1, how.rare_words_weigh_more = false, how.least_count = 1, how.eps = 0.01;
  how.most_features = std::size_t{1} << plain.features.bits;
  return quality::answer(model::fit(plain.examples, in, info, how, 1), plain, out);
}

perception::Corpus plain_of(const std::vector<perception::Row>& rows) {
  perception::Corpus plain{rows, {}, {}};
  const model::Extractor extractor(plain.features);
  model::Features features;
  for (const perception::Row& one : rows) {
    features.clear(), extractor.read(one.text, features);
    plain.examples.add(features, one.label, one.same);
  }
  return plain;
}

std::vector<std::size_t> in_fold(const perception::Corpus& corpus, std::vector<std::size_t> rows, std::uint32_t fold,
                                 bool in) {
  std::erase_if(rows, [&](std::size_t i) { return (perception::fold_of(corpus.rows[i], kFolds, 5) == fold) != in; });
  return rows;
}

void save(const quality::Answers& answers, const perception::Corpus& corpus, const fs::path& path) {
  std::ofstream out(path);
  for (std::size_t i = 0; i < answers.rows.size(); ++i) {
    const perception::Row& one = corpus.rows[answers.rows[i]];
    out << perception::kSetNames[static_cast<int>(one.set)] << '\t' << one.topic << '\t' << one.label;
    for (std::size_t c = 0; c < answers.classes; ++c) out << '\t' << answers.probabilities[i * answers.classes + c];
    out << '\t' << answers.said[i] << '\n';
  }
  if (!out.flush()) throw std::runtime_error("cannot write '" + path.string() + "'");
}

void by_folds(const perception::Corpus& corpus, const perception::Corpus& plain, const std::vector<Set>& sets,
              std::uint32_t folds, const fs::path& answers) {
  quality::Answers ours;
  std::vector<std::size_t> learnable;
  for (std::size_t i = 0; i < corpus.rows.size(); ++i)
    if (!perception::is_never_learned(corpus.rows[i].set)) learnable.push_back(i);
  perception::TrainHow how;
  how.folds = 2;
  for (std::uint32_t fold = 0; fold < folds; ++fold) {
    std::fprintf(stderr, "fold %u\n", fold + 1);
    const auto out = in_fold(corpus, learnable, fold, true), in = in_fold(corpus, learnable, fold, false);
    const auto blend = perception::train_sentiment(corpus, perception::without_texts_of(corpus, in, out), how);
    ours.append(quality::answer(*blend, corpus, out));
  }
  if (!answers.empty()) save(ours, corpus, answers);
  for (const Set set : sets)
    row(perception::kSetNames[static_cast<int>(set)], "sentiment", quality::only(ours, corpus, set), corpus);
  for (const Set set : sets) {
    quality::Answers low;
    const auto rows = quality::rows_of(corpus, set);
    for (std::uint32_t fold = 0; fold < folds; ++fold) {
      const auto out = in_fold(corpus, rows, fold, true), in = in_fold(corpus, rows, fold, false);
      low.append(floor(plain, perception::without_texts_of(corpus, in, out), out, 3));
    }
    row(perception::kSetNames[static_cast<int>(set)], "n-gram floor, same set", low, plain);
  }
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read '" + path.string() + "'");
  return {std::istreambuf_iterator<char>(in), {}};
}

void shipped(const perception::Blend& blend, const perception::Corpus& corpus, const perception::Corpus& plain) {
  const auto against = [&](Set set, Set learned) {
    const auto rows = quality::rows_of(corpus, set);
    row(perception::kSetNames[static_cast<int>(set)], "n-gram floor",
        floor(plain, perception::without_texts_of(corpus, quality::rows_of(corpus, learned), rows), rows, 3), plain);
    const auto answers = quality::answer(blend, corpus, rows);
    row(perception::kSetNames[static_cast<int>(set)], "sentiment as shipped", answers, corpus);
    return answers;
  };
  const auto tweets = against(Set::tweeteval_val, Set::tweeteval);
  against(Set::mams_val, Set::mams);
  against(Set::airline, Set::tweeteval);
  std::printf("\nat_least  answered  wrong (%s)\n", perception::kSetNames[1]);
  for (float at_least = 0.3F; at_least < 0.95F; at_least += 0.1F) {
    const auto r = quality::risk_at(tweets, corpus, at_least);
    std::printf("%8.1f  %8.3f  %.3f\n", static_cast<double>(at_least), r.coverage, r.risk);
  }
  std::printf("\n");
}

// The same method, taught by the airline tweets themselves; that model never ships.
void airline_by_folds(const perception::Corpus& corpus, const perception::Corpus& plain) {
  model::Info info;
  info.kind = "sentiment", info.classes = {"negative", "neutral", "positive"}, info.features = corpus.features;
  quality::Answers low, ours;
  const auto rows = quality::rows_of(corpus, Set::airline);
  for (std::uint32_t fold = 0; fold < kFolds; ++fold) {
    const auto out = in_fold(corpus, rows, fold, true), airline = in_fold(corpus, rows, fold, false);
    low.append(floor(plain, airline, out, 3));
    ours.append(quality::answer(*perception::train_with(corpus, airline), corpus, out));
  }
  row("airline, five folds", "n-gram floor", low, plain);
  row("airline, five folds", "sentiment taught by it", ours, corpus);
}

int run(const fs::path& data, const fs::path& models, std::uint32_t folds, const fs::path& answers) {
  std::vector<perception::Row> rows = perception::read_sentiment(data);
  const auto airline = perception::read_airline(data);
  rows.insert(rows.end(), airline.begin(), airline.end());
  std::printf(
      "| set | who | rows | accuracy | macro-F1 | macro-recall | calibration error | "
      "|\n|---|---|--:|--:|--:|--:|--:|---|\n");
  const auto corpus = perception::make_corpus(rows, perception::sentiment_features());
  const auto plain = plain_of(rows);
  shipped(*perception::read_blend(bytes_of(models / "sentiment.model"), "sentiment"), corpus, plain);
  const auto emotions = perception::make_corpus(perception::read_emotion(data), perception::emotion_features());
  const auto plain_emotions = plain_of(emotions.rows);
  const auto val = quality::rows_of(emotions, Set::emotion_val);
  const auto learn = perception::without_texts_of(emotions, quality::rows_of(emotions, Set::emotion), val);
  row("emotion val", "n-gram floor", floor(plain_emotions, learn, val, 4), plain_emotions);
  row("emotion val", "emotion as shipped",
      quality::answer(*model::read(bytes_of(models / "emotion.model"), "emotion"), emotions, val), emotions);
  airline_by_folds(corpus, plain);
  if (folds > 0)
    by_folds(corpus, plain,
             {Set::topic_ce, Set::topic_bd, Set::dong, Set::mams, Set::restaurants, Set::laptops, Set::sanders,
              Set::apple, Set::sxsw, Set::entity},
             folds, answers);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || argc > 5) return std::fputs("usage: measure_perception DATA MODELS [FOLDS [ANSWERS]]\n", stderr), 2;
  try {
    const unsigned long folds = argc >= 4 ? std::strtoul(argv[3], nullptr, 10) : kFolds;
    return run(argv[1], argv[2], static_cast<std::uint32_t>(std::min<unsigned long>(folds, kFolds)),
               argc == 5 ? argv[4] : "");
  } catch (const std::exception& e) {
    return std::fprintf(stderr, "%s\n", e.what()), 1;
  }
}
