// How well train_context tells senses of a name apart: seven words of encyclopaedia articles, with all labels and with
// fifty, and tweets about brands. The data does not ship with the project: without it the tests say so and pass.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <functional>
#include <map>
#include <numeric>
#include <random>

#include "../data.hpp"
#include "model/hash.hpp"
#include "text/words.hpp"
#include "train_context/labels.hpp"

using namespace earshot;
using namespace earshot::quality;

namespace {

using Labels = std::vector<context::Labelled>;

struct Word {
  const char* name;
  int brand;  // the sense that is watched
};
constexpr std::array<Word, 7> kWords{
    {{"apple", 0}, {"arm", 0}, {"bass", 0}, {"crane", 0}, {"java", 1}, {"seal", 1}, {"square", 1}}};

// Lines "NUMBER of the word <tab> text" and, in another file, the sense of each.
Labels sentences(const std::filesystem::path& folder, int brand) {
  std::ifstream texts(folder / "train.data.txt"), senses(folder / "train.gold.txt");
  Labels all;
  std::string line, sense;
  while (std::getline(texts, line) && std::getline(senses, sense)) {
    const std::size_t tab = line.find('\t');
    context::Labelled one{line.substr(tab + 1), 0, 0, std::stoi(sense) == brand, 0};
    for (int word = std::stoi(line); word > 0; --word) one.begin = one.text.find(' ', one.begin) + 1;
    one.end = std::min(one.text.find(' ', one.begin), one.text.size());
    one.group = model::hash(one.text);
    all.push_back(std::move(one));
  }
  return all;
}

bool says(const model::Model& model, const model::Examples& examples, std::size_t row) {
  float p[2];
  model.scores(examples.features(row), p);
  model.probabilities(p, p);
  return p[1] >= 0.5F;
}

double right(const model::Model& model, const model::Examples& examples, std::span<const std::size_t> rows) {
  double hits = 0;
  for (const std::size_t row : rows) hits += says(model, examples, row) == examples.has(row, 1) ? 1 : 0;
  return hits / static_cast<double>(rows.size());
}

// Right on the others, of models that learned from fifty, calibrated on those fifty: the mean over random draws.
double with_fifty(const Labels& labels, const model::Examples& examples) {
  constexpr int draws = 20;
  std::mt19937 random(7);
  std::vector<std::size_t> rows(labels.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  double sum = 0;
  for (int draw = 0; draw < draws; ++draw) {
    std::shuffle(rows.begin(), rows.end(), random);
    Labels some;
    for (std::size_t i = 0; i < 50; ++i) some.push_back(labels[rows[i]]);
    const context::Learned learned = context::learn(context::examples_of(some), {});
    sum += right(*learned.model, examples, std::span(rows).subspan(50));
  }
  return sum / draws;
}

double f1_of_no(std::span<const float> told, std::span<const char> meant, float least) {
  double said = 0, truly = 0, both = 0;
  for (std::size_t i = 0; i < told.size(); ++i) {
    const bool no = told[i] < least;
    said += no ? 1 : 0, truly += meant[i] == 0 ? 1 : 0, both += no && meant[i] == 0 ? 1 : 0;
  }
  return 2 * both / (said + truly);
}

}  // namespace

TEST_CASE("train_context tells the senses of seven words apart") {
  const auto folder = data("ambiguity/coarsewsd");
  if (!folder) {
    WARN("ambiguity is not here: nothing is measured");
    return;
  }
  double all = 0, fifty = 0;
  std::printf("%-10s %7s %7s  %-10s %s\n", "word", "labels", "meant", "all labels", "50 labels");
  for (const Word& word : kWords) {
    const Labels labels = sentences(*folder / word.name, word.brand);
    const model::Examples examples = context::examples_of(labels);
    const context::Learned learned = context::learn(examples, {});
    const double whole = learned.right / static_cast<double>(labels.size()), few = with_fifty(labels, examples);
    std::printf("%-10s %7zu %7.0f  %-10.4f %.4f\n", word.name, labels.size(), learned.quality.truly, whole, few);
    all += whole / kWords.size(), fifty += few / kWords.size();
  }
  std::printf("%-10s %7s %7s  %-10.4f %.4f\n", "mean", "", "", all, fifty);
  CHECK(all >= 0.96);
  CHECK(fifty >= 0.85);
}

// Tweets of one set that name Apple. What their labels call irrelevant is another language than English, or not about
// the company; nearly none of it is about a fruit.
struct Tweets {
  Labels named;
  std::size_t unnamed = 0;
};
Tweets tweets(const std::filesystem::path& file, std::size_t text, std::size_t label, const std::string& irrelevant,
              const std::function<bool(const std::vector<std::string>&)>& counts) {
  Tweets out;
  const auto rows = read_csv(file);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() <= std::max(text, label) || !counts(rows[i])) continue;
    context::Labelled one{rows[i][text], 0, 0, rows[i][label] != irrelevant, 0};
    const text::Range place = train_context::find_name(one.text, {"Apple"});
    one.begin = place.begin, one.end = place.end;
    if (one.end == 0) {
      ++out.unnamed;
    } else {
      out.named.push_back(std::move(one));
    }
  }
  return out;
}

// Prints which share of those that mean the company are kept at each `least_context`, and how many of those kept mean
// it.
double kept(const char* set, const Tweets& tweets, const model::Model& model) {
  const model::Examples examples = context::examples_of(tweets.named);
  double at_default = 0;
  for (const float least : {0.3F, 0.5F, 0.7F, 0.9F}) {
    double meant = 0, said = 0, both = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
      float p[2];
      model.scores(examples.features(i), p);
      model.probabilities(p, p);
      meant += examples.has(i, 1), said += p[1] >= least, both += examples.has(i, 1) && p[1] >= least;
    }
    std::printf("%-10s %5zu %8.0f  %13.1f  %.4f  %.4f\n", set, examples.size(), meant, static_cast<double>(least),
                both / meant, both / said);
    if (least == 0.5F) at_default = both / meant;
  }
  return at_default;
}

TEST_CASE("a model of articles still works on tweets") {
  const auto folder = data("ambiguity/coarsewsd"), sanders = data("brand_tweets/sanders_dev.csv"),
             apple = data("brand_tweets/apple_dfe_dev.csv"), sxsw = data("brand_tweets/sxsw_dev.csv");
  if (!folder || !sanders || !apple || !sxsw) {
    WARN("ambiguity or brand_tweets are not here: nothing is measured");
    return;
  }
  const context::Learned learned = context::learn(context::examples_of(sentences(*folder / "apple", 0)), {});
  const auto any = [](const std::vector<std::string>&) { return true; };
  std::printf("%-10s %5s %8s  %13s  %s  %s\n", "tweets", "named", "meant", "least_context", "recall", "precision");
  const double in_sanders =
      kept("Sanders", tweets(*sanders, 4, 1, "irrelevant", [](const auto& row) { return row[0] == "apple"; }),
           *learned.model);
  const double in_apple = kept("Apple 2014", tweets(*apple, 5, 1, "not_relevant", any), *learned.model);
  const double in_sxsw = kept("SXSW", tweets(*sxsw, 0, 2, "I can't tell", any), *learned.model);
  CHECK(in_sanders >= 0.85);
  CHECK(in_apple >= 0.85);
  CHECK(in_sxsw >= 0.9);
}

TEST_CASE("train_context tells whether a tweet is about the brand that it was collected for") {
  const auto file = data("entity_sentiment/train_originals.csv");
  if (!file) {
    WARN("entity_sentiment is not here: nothing is measured");
    return;
  }
  std::map<std::string, Labels> items;
  const auto rows = read_csv(*file);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    context::Labelled one{rows[i].at(3), 0, 0, rows[i].at(2) != "Irrelevant", model::hash(rows[i].at(3))};
    const text::Range place = train_context::find_name(one.text, {rows[i].at(1)});
    one.begin = place.begin, one.end = place.end;
    items[rows[i].at(1)].push_back(std::move(one));
  }
  std::vector<float> told;
  std::vector<char> meant;
  for (const auto& [id, labels] : items) {
    for (const context::Labelled& one : labels) meant.push_back(one.meant ? 1 : 0);
    try {
      const context::Learned learned = context::learn(context::examples_of(labels), {});
      told.insert(told.end(), learned.told.begin(), learned.told.end());
    } catch (const std::invalid_argument&) {  // fewer than five that are not meant
      told.insert(told.end(), labels.size(), 1.0F);
    }
  }
  double best = 0;
  for (const float least : {0.5F, 0.6F, 0.7F, 0.75F, 0.8F, 0.85F}) {
    const double f1 = f1_of_no(told, meant, least);
    std::printf("least_context %.2f: F1 of 'not about it' %.4f\n", static_cast<double>(least), f1);
    best = std::max(best, f1);
  }
  CHECK(best >= 0.48);
}
